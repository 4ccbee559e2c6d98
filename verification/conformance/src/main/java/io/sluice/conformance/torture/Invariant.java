package io.sluice.conformance.torture;

/// What holds whenever and however often the process is killed.
public enum Invariant {
    // Records and offsets of Kafka clients.
    NO_ACKNOWLEDGED_RECORD_IS_LOST,
    NO_RECORD_IS_DOUBLED_OR_OUT_OF_ORDER,
    A_RECORD_STAYS_AT_ITS_OFFSET,
    COMMITTED_OFFSETS_NEVER_GO_BACK,
    TOPICS_ARE_AS_TOLD,

    // Messages and acknowledgements of AMQP clients.
    NO_CONFIRMED_MESSAGE_IS_LOST,
    ONE_HOLDER_AT_A_TIME,
    AN_ACKNOWLEDGEMENT_IS_FINAL,
    ORDER_IS_KEPT,
    WHAT_COMES_AGAIN_SAYS_SO,
    A_DEAD_LETTER_LEAVES_ITS_QUEUE,
    MESSAGES_ARE_WHAT_WAS_SENT,
    QUEUES_ARE_AS_TOLD,

    // Messages of SQS clients, with those of AMQP where they say the same.
    ONE_HOLDER_PER_GROUP,
    ORDER_WITHIN_A_GROUP,
    DEDUPLICATION_IS_EXACT,

    // Jobs on queues with policies, with those of AMQP where they say the same.
    A_DEAD_LETTER_IS_THERE_ONCE,
    A_RETRY_WAITS,

    // All.
    NOTHING_IS_INVENTED,
    CLIENTS_GO_ON
}
