package io.sluice.engine.shard;

/// What one shard has done since it started, as numbers that only grow, and how it is now. Read beside the work, so the figures
/// of one reading need not fit each other to the last digit.
///
/// @param appendedBatches batches that became durable
/// @param appendedRecords records that became durable
/// @param appendedBytes bytes that became durable
/// @param fetchedBytes bytes handed to readers
/// @param refusedCommands commands refused for overload
/// @param turns turns with something to do
/// @param busyNanos time spent in them
/// @param mailboxDepth commands waiting now
/// @param pendingBytes appended bytes that wait for the store now
/// @param partitions partitions it owns now
public record ShardStatistics(
        int shard,
        long appendedBatches,
        long appendedRecords,
        long appendedBytes,
        long fetchedBytes,
        long refusedCommands,
        long turns,
        long busyNanos,
        long mailboxDepth,
        long pendingBytes,
        long partitions) {}
