package io.sluice.engine.partition;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;

/// Answers fetches from a partition's logs: whole batches, in place. Owned by its partition.
///
/// Who reads on where the last read ended is remembered by a cursor; everybody else is found by a short walk over headers, from where the index
/// says or the nearest cursor behind that. Where a long answer ends is found by the index too, so that most headers of a bulk read are never
/// looked at.
final class Reader {
    private final PartitionLog log;
    private final Cursors cursors = new Cursors();

    Reader(PartitionLog log) {
        this.log = log;
    }

    Fetch.Answer read(long offset, int maxBytes) {
        if (offset < log.start || offset > log.next) {
            return new Fetch.Answer.Refused(
                    new BrokerError.OffsetOutOfRange(offset, log.start, log.highWatermark()));
        }
        if (offset >= log.highWatermark()) {
            if (offset == log.highWatermark()) {
                cursors.remember(offset, log.tail.end);
            }
            return found(Slices.empty());
        }
        try {
            return found(slices(offset, maxBytes));
        } catch (IOException failed) {
            return new Fetch.Answer.Refused(
                    new BrokerError.StorageFailed(
                            "offset " + offset + " cannot be read: " + failed.getMessage()));
        }
    }

    private Fetch.Answer found(Slices records) {
        return new Fetch.Answer.Found(log.highWatermark(), log.start, records);
    }

    private Slices slices(long offset, int maxBytes) throws IOException {
        var stretch = log.stretch(offset);
        long position = position(stretch, offset);
        if (position == stretch.end && stretch != log.tail) {
            stretch = log.tail;
            position = stretch.start;
        }
        if (position == stretch.end) {
            return Slices.empty();
        }
        return some(stretch, offset, position, maxBytes);
    }

    private long position(Stretch stretch, long offset) throws IOException {
        long remembered = cursors.find(offset);
        return remembered == Cursors.UNKNOWN ? stretch.locate(offset, cursors) : remembered;
    }

    private Slices some(Stretch stretch, long offset, long position, int maxBytes)
            throws IOException {
        var end = Boundary.within(stretch, position, maxBytes);
        if (log.references.isAmong(offset, end.offset())) {
            return whole(stretch, position, maxBytes);
        }
        Slices slices;
        try {
            slices = stretch.slices(position, Math.toIntExact(end.position() - position));
        } catch (CorruptDataException damage) {
            // Somewhere in the run a byte is damaged: what comes before is still good.
            end = Boundary.ofFirst(stretch, position);
            slices = stretch.slices(position, Math.toIntExact(end.position() - position));
        }
        // Behind the clean log's end the reader goes on in the tail.
        if (stretch == log.tail || end.position() < stretch.end) {
            cursors.remember(end.offset(), end.position());
        }
        return slices;
    }

    /// Batches among which there are references, which are put together in memory.
    private Slices whole(Stretch stretch, long position, int maxBytes) throws IOException {
        var scan =
                new BatchScan(stretch.log, log.bodies, position, stretch.end, BatchScan.SEEK_BYTES);
        var batches = new ArrayList<Slice>();
        long bytes = 0;
        long endPosition = position;
        long endOffset = 0;
        try {
            while (scan.next() && (bytes == 0 || bytes + scan.wholeBytes() <= maxBytes)) {
                var batch = scan.whole();
                batches.add(new Slice.InMemory(batch));
                bytes += batch.remaining();
                endPosition = scan.following();
                endOffset = scan.header().nextOffset();
            }
        } catch (CorruptDataException damage) {
            // What comes before it is still good.
            if (bytes == 0) {
                throw damage;
            }
        }
        if (stretch == log.tail || endPosition < stretch.end) {
            cursors.remember(endOffset, endPosition);
        }
        return new Slices(batches, () -> {});
    }

    long readable(long offset) {
        if (offset < log.start || offset >= log.highWatermark()) {
            return 0;
        }
        var stretch = log.stretch(offset);
        long position = cursors.find(offset);
        if (position == Cursors.UNKNOWN) {
            int entry = stretch.index.floor(offset);
            position = entry < 0 ? stretch.start : stretch.index.position(entry);
        }
        long rest = Math.max(1, stretch.end - position) + log.references.bytesFrom(offset);
        return stretch == log.tail ? rest : rest + log.tail.end - log.tail.start;
    }

    /// What is where has changed.
    void forget() {
        cursors.clear();
    }
}
