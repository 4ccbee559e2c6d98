package io.sluice.engine.partition;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.util.ArrayList;

/// A run of batches in one log, with its index: the clean part of a partition, or its tail. Owned by its partition.
final class Stretch {
    final Log log;
    final OffsetIndex index;

    /// Where the first batch starts that belongs to the partition.
    long start;

    /// Behind the last batch that may be read.
    long end;

    /// The offset behind that batch, or behind the gap that follows it.
    long endOffset;

    Stretch(Log log, OffsetIndex index, long start, long end, long endOffset) {
        this.log = log;
        this.index = index;
        this.start = start;
        this.end = end;
        this.endOffset = endOffset;
    }

    /// Where the batch starts that holds `offset`, or the first one behind it when there is none; [#end] when there is none either. A walk over
    /// headers, from where the index says or the nearest cursor behind that.
    long locate(long offset, Cursors cursors) throws IOException {
        int entry = Math.max(0, index.floor(offset));
        if (entry >= index.size()) {
            return end;
        }
        long near = cursors.nearest(index.offset(entry), offset);
        return walk(offset, near == Cursors.UNKNOWN ? index.position(entry) : near);
    }

    private long walk(long offset, long from) throws IOException {
        var scan = new BatchScan(log, from, end, BatchScan.SEEK_BYTES);
        try {
            while (scan.next()) {
                if (scan.header().lastOffset() >= offset) {
                    return scan.position();
                }
            }
            return end;
        } catch (CorruptDataException damage) {
            long behind = Resync.find(log, scan.position() + 1, end, 0);
            if (behind == end) {
                throw damage;
            }
            var next = new BatchScan(log, behind, end, BatchScan.SEEK_BYTES);
            if (!next.next() || next.header().baseOffset() > offset) {
                throw damage;
            }
            return walk(offset, behind);
        }
    }

    /// The bytes `[position, position + length)`, in as many reads as the log needs.
    Slices slices(long position, int length) throws IOException {
        var first = log.read(position, length);
        if (first.bytes() == length) {
            return first;
        }
        var parts = new ArrayList<Slices>();
        parts.add(first);
        long got = first.bytes();
        try {
            while (got < length) {
                var part = log.read(position + got, (int) (length - got));
                parts.add(part);
                if (part.bytes() == 0) {
                    throw new CorruptDataException(
                            "log " + log.name() + " ends at " + (position + got));
                }
                got += part.bytes();
            }
        } catch (IOException failed) {
            parts.forEach(Slices::close);
            throw failed;
        }
        var slices = new ArrayList<Slice>();
        parts.forEach(part -> slices.addAll(part.slices()));
        return new Slices(slices, () -> parts.forEach(Slices::close));
    }
}
