package io.sluice.engine.shard;

import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The last few batches that a queue looked up here and there: messages that are due, or whose keys have their turn, often lie in the same ones. Owned by its
/// shard's loop.
final class ApartBatches {
    private static final int COUNT_MAX = 128;
    private static final int BYTES_MAX = 4 << 20;

    private final NavigableMap<Long, StoredBatch> byOffset = new TreeMap<>();

    /// The same, the one that was used longest ago first.
    private final LinkedHashMap<Long, StoredBatch> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private int bytes;
    private long lastEnd = -1;

    boolean isEmpty() {
        return byOffset.isEmpty();
    }

    /// Whether the batch that was looked up or used last ends before `offset`.
    boolean endsAt(long offset) {
        return lastEnd == offset;
    }

    @Nullable StoredBatch at(long offset) {
        var found = byOffset.floorEntry(offset);
        if (found == null || offset >= found.getValue().nextOffset()) {
            return null;
        }
        lastEnd = found.getValue().nextOffset();
        return byUse.get(found.getKey());
    }

    void add(StoredBatch batch) {
        lastEnd = batch.nextOffset();
        var before = byOffset.put(batch.baseOffset(), batch);
        byUse.put(batch.baseOffset(), batch);
        bytes += batch.length() - (before == null ? 0 : before.length());
        while (byOffset.size() > 1 && (byOffset.size() > COUNT_MAX || bytes > BYTES_MAX)) {
            dropOldest();
        }
    }

    void clear() {
        byOffset.clear();
        byUse.clear();
        bytes = 0;
        lastEnd = -1;
    }

    private void dropOldest() {
        var oldest = byUse.pollFirstEntry();
        byOffset.remove(oldest.getKey());
        bytes -= oldest.getValue().length();
    }
}
