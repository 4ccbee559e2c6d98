package io.sluice.engine.shard;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The last few batches that a queue looked up here and there: messages that are due, or whose keys have their turn, often lie in the same ones. Owned by its
/// shard's loop.
final class ApartBatches {
    private static final int COUNT_MAX = 128;
    private static final int BYTES_MAX = 4 << 20;

    private final NavigableMap<Long, Looked> byOffset = new TreeMap<>();
    private int bytes;
    private long uses;
    private long lastEnd = -1;

    private static final class Looked {
        final StoredBatch batch;
        long used;

        Looked(StoredBatch batch, long used) {
            this.batch = batch;
            this.used = used;
        }
    }

    boolean isEmpty() {
        return byOffset.isEmpty();
    }

    /// Whether the batch that was looked up or used last ends before `offset`.
    boolean endsAt(long offset) {
        return lastEnd == offset;
    }

    @Nullable StoredBatch at(long offset) {
        var found = byOffset.floorEntry(offset);
        if (found == null || offset >= found.getValue().batch.nextOffset()) {
            return null;
        }
        found.getValue().used = ++uses;
        lastEnd = found.getValue().batch.nextOffset();
        return found.getValue().batch;
    }

    void add(StoredBatch batch) {
        lastEnd = batch.nextOffset();
        var before = byOffset.put(batch.baseOffset(), new Looked(batch, ++uses));
        bytes += batch.length() - (before == null ? 0 : before.batch.length());
        while (byOffset.size() > 1 && (byOffset.size() > COUNT_MAX || bytes > BYTES_MAX)) {
            dropOldest();
        }
    }

    void clear() {
        byOffset.clear();
        bytes = 0;
        lastEnd = -1;
    }

    private void dropOldest() {
        Map.Entry<Long, Looked> oldest = byOffset.firstEntry();
        for (var entry : byOffset.entrySet()) {
            oldest = entry.getValue().used < oldest.getValue().used ? entry : oldest;
        }
        byOffset.remove(oldest.getKey());
        bytes -= oldest.getValue().batch.length();
    }
}
