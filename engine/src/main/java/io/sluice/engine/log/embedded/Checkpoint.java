package io.sluice.engine.log.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.engine.log.CorruptDataException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the store knew when a journal file had been settled: a start needs this and the journal files behind it, nothing else.
/// Drawn in docs/formats/checkpoint.md.
///
/// @param firstFile the oldest journal file that still counts
/// @param firstBatch the number of the first batch in it
/// @param nextLog the number for the next new log
record Checkpoint(
        long firstFile, long firstBatch, long nextLog, int generation, List<LogState> logs) {
    static final int MAGIC = 0x534c4350;
    static final int VERSION = 1;
    private static final int FIXED = 48;

    Checkpoint {
        logs = List.copyOf(logs);
    }

    /// Of an empty store.
    static Checkpoint first() {
        return new Checkpoint(1, 0, 1, 0, List.of());
    }

    /// The same, noted by that opening of the store.
    Checkpoint openedAs(int opening) {
        return new Checkpoint(firstFile, firstBatch, nextLog, opening, logs);
    }

    /// @param settled where the settled bytes end
    record LogState(
            long number, String name, long start, long settled, List<SegmentState> segments) {
        LogState {
            segments = List.copyOf(segments);
        }
    }

    /// @param sums how many of its checksums count
    record SegmentState(long base, int sums) {}

    /// ```text
    ///    0 magic u32 │ 4 version u32 │ 8 crc32c of all behind it u32 │ 12 length u32 │ 16 first journal file u64
    ///   24 first batch u64 │ 32 next log u64 │ 40 generation u32 │ 44 logs u32 │ 48 logs
    ///   log:     number u64 │ start u64 │ settled u64 │ name length u16 │ segments u32 │ name │ segments
    ///   segment: base u64 │ checksums u32
    /// ```
    ByteBuffer encode() {
        var length = FIXED;
        for (var log : logs) {
            length += 30 + log.name.length() + 12 * log.segments.size();
        }
        var out = ByteBuffer.allocate(length);
        out.putInt(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .putInt(length)
                .putLong(firstFile)
                .putLong(firstBatch);
        out.putLong(nextLog).putInt(generation).putInt(logs.size());
        for (var log : logs) {
            out.putLong(log.number).putLong(log.start).putLong(log.settled);
            out.putShort((short) log.name.length())
                    .putInt(log.segments.size())
                    .put(log.name.getBytes(ISO_8859_1));
            for (var segment : log.segments) {
                out.putLong(segment.base).putInt(segment.sums);
            }
        }
        out.putInt(8, RunReader.checksum(out.duplicate().flip().position(12)));
        return out.flip();
    }

    static Checkpoint decode(ByteBuffer in) throws CorruptDataException {
        if (in.remaining() < FIXED || in.getInt(0) != MAGIC) {
            throw new CorruptDataException("not a checkpoint");
        }
        if (in.getInt(4) != VERSION) {
            throw new CorruptDataException(
                    "a checkpoint of version " + in.getInt(4) + ", this is written for " + VERSION);
        }
        var length = in.getInt(12);
        if (length < FIXED
                || length > in.limit()
                || RunReader.checksum(in.duplicate().limit(length).position(12)) != in.getInt(8)) {
            throw new CorruptDataException("the checkpoint is damaged");
        }
        var body = in.duplicate().limit(length).position(44);
        var logs = new ArrayList<LogState>();
        for (var left = body.getInt(); left > 0; left--) {
            logs.add(log(body));
        }
        return new Checkpoint(in.getLong(16), in.getLong(24), in.getLong(32), in.getInt(40), logs);
    }

    private static LogState log(ByteBuffer in) {
        var number = in.getLong();
        var start = in.getLong();
        var settled = in.getLong();
        var name = new byte[in.getShort()];
        var count = in.getInt();
        in.get(name);
        var segments = new ArrayList<SegmentState>(count);
        for (var i = 0; i < count; i++) {
            segments.add(new SegmentState(in.getLong(), in.getInt()));
        }
        return new LogState(number, new String(name, ISO_8859_1), start, settled, segments);
    }
}
