package io.sluice.broker;

import io.sluice.base.Buffer;

/// One record batch (Kafka's format v2, magic 2) for one partition.
///
/// The dialect has checked the batch as its protocol demands (checksum, structure, time stamps, keys). The engine checks size
/// and producer sequence, writes base offset and leader epoch into the batch in place (both lie outside of its
/// checksum), and owns `batch` from the call on.
public record Append(PartitionId partition, Buffer batch) {
    /// Where the batch went.
    ///
    /// @param baseOffset offset of its first record
    /// @param startOffset where the partition starts now
    /// @param duplicate true when an idempotent producer sent it again: `baseOffset` is that of the first time
    public record Appended(long baseOffset, long startOffset, boolean duplicate) {}
}
