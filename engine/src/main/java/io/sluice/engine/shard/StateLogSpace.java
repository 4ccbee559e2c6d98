package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which part of a state log is still needed. Per partition that is its last checkpoint and the facts behind it, or all its facts
/// when it has no checkpoint. Entries come in the order of their positions, so the first partition of the map is the one
/// that the log's start waits for. Owned by its shard's loop.
final class StateLogSpace {
    /// A log smaller than this is not worth tidying.
    private static final long SMALL_BYTES = 4L << 20;

    private final Map<PartitionId, Held> held = new LinkedHashMap<>();
    private long liveBytes;

    private record Held(long position, long bytes) {}

    /// An entry about `id` is in the log.
    ///
    /// @param whole true: nothing said of `id` before is needed any more
    void holds(PartitionId id, long position, long bytes, boolean whole) {
        var before = held.get(id);
        if (whole || before == null) {
            forget(id);
            held.put(id, new Held(position, bytes));
        } else {
            held.put(id, new Held(before.position(), before.bytes() + bytes));
        }
        liveBytes += bytes;
    }

    /// Nothing said of `id` is needed any more.
    void forget(PartitionId id) {
        var gone = held.remove(id);
        if (gone != null) {
            liveBytes -= gone.bytes();
        }
    }

    /// The position before which nothing is needed, in a log whose last durable byte is before `end`.
    long neededFrom(long end) {
        return held.isEmpty() ? end : held.values().iterator().next().position();
    }

    /// Whose entries the log's start waits for; null when it holds nothing.
    @Nullable PartitionId oldest() {
        return held.isEmpty() ? null : held.keySet().iterator().next();
    }

    /// True when a log of `bytes` is mostly superfluous.
    boolean mostlyDead(long bytes) {
        return bytes > SMALL_BYTES && bytes > 3 * liveBytes;
    }
}
