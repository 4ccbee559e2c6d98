package io.sluice.engine.shard;

/// How the shards work; the server fills it from its own settings.
///
/// @param shards how many, 1 or more; may change from start to start
/// @param forced whether an append is forced before its reply where the topic's settings say nothing (`durability=sync`)
/// @param mailboxCapacity commands waiting per shard before more are refused as overload
/// @param pendingBytesMax appended bytes per shard that may wait for the store before more are refused as overload
/// @param checkpointBytes appended bytes per shard that a restart may have to look through again
/// @param retentionMillis how often each partition's retention is checked
/// @param compactionMillis how often a compacted partition is looked at when there was nothing to do the last time
/// @param producerExpiryMillis how long a partition remembers an idempotent producer that sends nothing
/// @param trimMillis how soon what queues have consumed is given back
/// @param nearBytesMax bytes per shard that queues keep in memory because they will be read soon
public record ShardSettings(
        int shards,
        boolean forced,
        int mailboxCapacity,
        long pendingBytesMax,
        long checkpointBytes,
        long retentionMillis,
        long compactionMillis,
        long producerExpiryMillis,
        long trimMillis,
        long nearBytesMax) {
    public ShardSettings {
        if (shards < 1 || mailboxCapacity < 16 || pendingBytesMax < 1 || checkpointBytes < 1) {
            throw new IllegalArgumentException(
                    "shards, mailbox, pending bytes and checkpoint bytes are positive");
        }
        if (retentionMillis < 1
                || compactionMillis < 1
                || producerExpiryMillis < 1
                || trimMillis < 1) {
            throw new IllegalArgumentException("intervals are at least one millisecond");
        }
    }

    /// What is used where nothing else was said.
    public static ShardSettings defaults(int shards) {
        return new ShardSettings(
                shards,
                true,
                16 * 1024,
                256L << 20,
                256L << 20,
                30_000,
                15_000,
                86_400_000,
                500,
                32L << 20);
    }

    public ShardSettings withShards(int count) {
        return new ShardSettings(
                count,
                forced,
                mailboxCapacity,
                pendingBytesMax,
                checkpointBytes,
                retentionMillis,
                compactionMillis,
                producerExpiryMillis,
                trimMillis,
                nearBytesMax);
    }

    public ShardSettings withForced(boolean forcedByDefault) {
        return new ShardSettings(
                shards,
                forcedByDefault,
                mailboxCapacity,
                pendingBytesMax,
                checkpointBytes,
                retentionMillis,
                compactionMillis,
                producerExpiryMillis,
                trimMillis,
                nearBytesMax);
    }
}
