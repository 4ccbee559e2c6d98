package io.sluice.engine.shard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a queue's last few look-ups here and there have brought: a batch, and those that follow it. Messages that are due, or whose keys have their turn, often lie in the same
/// batches, or were published one after the other. Owned by its shard's loop.
final class ApartBatches {
    private static final int COUNT_MAX = 128;
    private static final int BYTES_MAX = 4 << 20;

    /// By the first offset.
    private final NavigableMap<Long, Portion> byOffset = new TreeMap<>();

    /// The same, the one that was used longest ago first.
    private final LinkedHashMap<Long, Portion> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private int bytes;

    @Nullable StoredBatch at(long offset) {
        var entry = byOffset.floorEntry(offset);
        var found = entry == null ? null : entry.getValue().at(offset);
        if (found == null) {
            return null;
        }
        // Counts as a use.
        var _ = byUse.get(entry.getKey());
        return found;
    }

    /// @param batches what one look-up has brought, in order; the first one is what was looked for
    void add(List<StoredBatch> batches) {
        var portion = new Portion(batches);
        var before = byOffset.put(portion.baseOffset(), portion);
        byUse.put(portion.baseOffset(), portion);
        bytes += portion.length() - (before == null ? 0 : before.length());
        while (byOffset.size() > 1 && (byOffset.size() > COUNT_MAX || bytes > BYTES_MAX)) {
            dropOldest();
        }
    }

    private void dropOldest() {
        var oldest = byUse.pollFirstEntry();
        byOffset.remove(oldest.getKey());
        bytes -= oldest.getValue().length();
    }

    private record Portion(List<StoredBatch> batches, int length) {
        Portion(List<StoredBatch> batches) {
            this(batches, batches.stream().mapToInt(StoredBatch::length).sum());
        }

        long baseOffset() {
            return batches.getFirst().baseOffset();
        }

        @Nullable StoredBatch at(long offset) {
            int low = 0;
            for (int high = batches.size(); low < high; ) {
                int middle = (low + high) >>> 1;
                if (batches.get(middle).nextOffset() <= offset) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low < batches.size() && batches.get(low).baseOffset() <= offset
                    ? batches.get(low)
                    : null;
        }
    }
}
