package io.sluice.engine.log.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One log: how far it reaches, and where each of its bytes lies.
///
/// ```text
///   start          settled                    end           next
///     │               │                        │              │
///     ▼   segments    ▼  runs: journal,        ▼  inbox and   ▼
///     ├───────────────┼  references ───────────┼  batch ──────┤
/// ```
///
/// The fields under *writer* belong to the journal's writer; what is under *places* is guarded by this object's lock.
final class StoredLog {
    final long number;
    final String name;

    /// Another one with every open: a handle of another epoch is fenced. Changed under the journal's commit lock, but for a log's first.
    volatile int epoch;

    /// True from the deletion on, for ever: a new log of that name is another object.
    volatile boolean deleted;
    volatile long start;
    volatile long end;

    // ---- writer ----
    long writerNext;
    /// Whether an entry in the journal, or a checkpoint, says that the number stands for the name.
    boolean journalled;
    /// The chunks of the batch that is being gathered.
    @Nullable Pending batchFirst;

    @Nullable Pending batchLast;
    int runBytes;
    final List<Run> fresh = new ArrayList<>(1);

    /// Whether the settler was told of segments to delete, and not done yet. Guarded by this object's lock.
    boolean trimming;

    // ---- places ----
    long settled;
    final Runs runs = new Runs();
    final NavigableMap<Long, SegmentFile> segments = new TreeMap<>();
    final Damage damage = new Damage();

    StoredLog(long number, String name) {
        this.number = number;
        this.name = name;
    }

    byte[] nameBytes() {
        return name.getBytes(ISO_8859_1);
    }

    /// Makes the batch's runs readable.
    synchronized void publish() {
        for (var run : fresh) {
            runs.add(run);
        }
        fresh.clear();
        end = writerNext;
    }

    /// The segment that a chunk at this position goes to, a new one where the last one has no room for it.
    synchronized SegmentFile segmentFor(long position, int length, int segmentBytesMax) {
        var found = segments.floorEntry(position);
        if (found != null && position + length - found.getKey() <= segmentBytesMax) {
            return found.getValue();
        }
        return segments.computeIfAbsent(position, base -> new SegmentFile(number, base, 0));
    }

    /// The segment that holds settled bytes from `position` on.
    synchronized @Nullable SegmentFile segmentAt(long position) {
        var found = segments.floorEntry(position);
        return found == null ? null : found.getValue();
    }

    /// Takes out the segments that end before `before`; the last one stays.
    synchronized List<SegmentFile> takeSegmentsBelow(long before) {
        var taken = new ArrayList<SegmentFile>();
        while (hasSegmentBelow(before)) {
            taken.add(segments.pollFirstEntry().getValue());
        }
        return taken;
    }

    /// Whether a segment could be taken out by [#takeSegmentsBelow].
    synchronized boolean hasSegmentBelow(long before) {
        if (segments.size() < 2) {
            return false;
        }
        var second = segments.higherKey(segments.firstKey());
        return second != null && second <= Math.min(before, settled);
    }

    synchronized List<SegmentFile> takeAllSegments() {
        var taken = List.copyOf(segments.values());
        segments.clear();
        return taken;
    }

    /// Gives up what lies before `before`.
    ///
    /// @return true when the start moved
    synchronized boolean trim(long before) {
        if (before <= start) {
            return false;
        }
        start = Math.min(before, end);
        var dead = 0;
        while (dead < runs.size() && runs.at(dead).end() <= start) {
            dead++;
        }
        runs.removeFront(dead);
        settled = Math.max(settled, runs.size() > 0 ? Math.min(start, runs.at(0).position) : start);
        damage.trim(start);
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
