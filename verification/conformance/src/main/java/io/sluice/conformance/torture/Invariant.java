package io.sluice.conformance.torture;

/// What holds whenever and however often the process is killed.
enum Invariant {
    NO_ACKNOWLEDGED_RECORD_IS_LOST,
    NO_RECORD_IS_DOUBLED_OR_OUT_OF_ORDER,
    A_RECORD_STAYS_AT_ITS_OFFSET,
    NOTHING_IS_INVENTED,
    COMMITTED_OFFSETS_NEVER_GO_BACK,
    TOPICS_ARE_AS_TOLD,
    CLIENTS_GO_ON
}
