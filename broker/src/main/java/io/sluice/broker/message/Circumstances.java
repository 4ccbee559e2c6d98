package io.sluice.broker.message;

/// Where a message was when it died, and what it had been through.
///
/// @param topic the name of the topic that it was a record of; empty: not known
/// @param partition -1 when it was never stored, as `offset` is
/// @param history its tries
public record Circumstances(String topic, int partition, long offset, FailureHistory history) {
    public static final Circumstances UNKNOWN = new Circumstances("", -1, -1, FailureHistory.NONE);
}
