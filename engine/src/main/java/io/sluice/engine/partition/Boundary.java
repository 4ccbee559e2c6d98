package io.sluice.engine.partition;

import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;

/// Where an answer ends: between two batches.
///
/// @param position of the first byte that is not in it
/// @param offset that its reader will ask for next
record Boundary(long position, long offset) {

    /// The end of a run of whole batches from `position` on: as many as fit into `maxBytes`, or nearly, but at least one.
    ///
    /// @param position where a batch starts, before the stretch's end
    static Boundary within(Stretch stretch, long position, int maxBytes) throws IOException {
        if (stretch.end - position <= maxBytes) {
            return new Boundary(stretch.end, stretch.endOffset);
        }
        var indexed = indexed(stretch, position, maxBytes);
        // More than half of what was asked for, and the next offset known without looking at a
        // single header.
        if (indexed.position - position >= maxBytes / 2 && indexed.position > position) {
            return indexed;
        }
        return walk(stretch, position, indexed, maxBytes);
    }

    /// The end of the batch that starts at `position`.
    static Boundary ofFirst(Stretch stretch, long position) throws IOException {
        return walk(stretch, position, new Boundary(position, 0), 0);
    }

    private static Boundary indexed(Stretch stretch, long position, int maxBytes) {
        int entry = stretch.index.floorByPosition(position + maxBytes);
        return entry >= 0 && stretch.index.position(entry) > position
                ? new Boundary(stretch.index.position(entry), stretch.index.offset(entry))
                : new Boundary(position, 0);
    }

    private static Boundary walk(Stretch stretch, long position, Boundary from, int maxBytes)
            throws IOException {
        var end = from;
        var scan = new BatchScan(stretch.log, from.position, stretch.end, BatchScan.SEEK_BYTES);
        try {
            while (scan.next()
                    && (end.position == position || scan.following() - position <= maxBytes)) {
                end = new Boundary(scan.following(), scan.header().nextOffset());
            }
        } catch (CorruptDataException damage) {
            if (end.position == position) {
                throw damage;
            }
        }
        return end;
    }
}
