package io.sluice.engine.shard;

/// The bytes that all queues of a shard keep in memory together because they will be read soon. Owned by its shard's loop.
final class NearBudget {
    private final long bytesMax;
    private long used;

    NearBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    boolean take(int bytes) {
        if (used + bytes > bytesMax) {
            return false;
        }
        used += bytes;
        return true;
    }

    /// For what was read already.
    void takeAnyway(int bytes) {
        used += bytes;
    }

    long used() {
        return used;
    }

    void giveBack(int bytes) {
        used -= bytes;
        assert used >= 0 : "what was taken is given back once";
    }
}
