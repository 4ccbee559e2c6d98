package io.sluice.broker;

/// Asks for an offset of a partition.
public sealed interface OffsetQuery {
    /// The first offset that is still there.
    record Earliest() implements OffsetQuery {}

    /// The offset behind the last durable record.
    record Latest() implements OffsetQuery {}

    /// The record with the largest time stamp.
    record Newest() implements OffsetQuery {}

    /// The first record whose time stamp is this or later.
    record AtTime(long millis) implements OffsetQuery {}

    /// @param offset -1 when there is no such record
    /// @param timestampMillis of that record; -1 where the question was not about records
    record Answer(long offset, long timestampMillis) {}
}
