package io.sluice.engine.log.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes one commit batch into memory, front to back, and makes the runs that it consists of.
final class BatchLayout {
    private static final byte[] ZEROS = new byte[BatchHead.BLOCK];

    private final Block block;
    private final ByteBuffer bytes;
    private final int at;
    private final JournalFile file;
    private final long offset;
    private final BatchHead.Table table;
    private final CRC32C crc = new CRC32C();
    /// Where the next byte goes, from the beginning of the memory.
    private int cursor;

    /// @param block what has room for it; the batch begins at its end
    /// @param offset where in the file it will stand
    BatchLayout(Block block, JournalFile file, long offset, int entries, int names) {
        this.block = block;
        this.bytes = block.memory().duplicate();
        this.at = block.end();
        this.file = file;
        this.offset = offset;
        this.table = new BatchHead.Table(bytes, at, entries, names);
        this.cursor = at + table.length();
    }

    void created(StoredLog log) {
        table.created(log.number, log.nameBytes());
    }

    void control(Control control) throws IOException {
        switch (control) {
            case Control.Delete(var log, var _) -> table.deleted(log.number);
            case Control.Trim(var log, var before, var _) -> table.trimmed(log.number, before);
            case Control.Carry(var log, var runs, var _, var _) -> {
                for (var run : runs) {
                    carry(log, run);
                }
            }
        }
    }

    /// The chunks that the batch has of this log, in their order.
    void chunks(StoredLog log) {
        var runBegin = -1;
        var runPosition = 0L;
        for (@Nullable Pending chunk = log.batchFirst; chunk != null; chunk = chunk.next) {
            if (chunk.startsRun || chunk.segment != null) {
                endRun(log, runPosition, runBegin);
                runBegin = chunk.segment == null ? cursor : -1;
                runPosition = chunk.position;
            }
            if (chunk.segment == null) {
                copy(chunk.chunk.data().bytes());
            } else {
                refer(log, chunk, chunk.segment);
            }
            chunk.release();
        }
        endRun(log, runPosition, runBegin);
    }

    private void copy(ByteBuffer data) {
        bytes.put(cursor, data, data.position(), data.remaining());
        cursor += data.remaining();
    }

    private void endRun(StoredLog log, long position, int begin) {
        if (begin >= 0) {
            add(log, position, begin, checksum(bytes, begin, cursor - begin));
        }
    }

    private void add(StoredLog log, long position, int begin, int checksum) {
        var length = cursor - begin;
        table.bytes(log.number, position, length, checksum, begin - at);
        log.fresh.add(new Run(position, length, checksum, file, offset + begin - at, block, begin));
        note(log);
    }

    private void refer(StoredLog log, Pending chunk, SegmentFile segment) {
        var data = chunk.chunk.data().bytes();
        for (var done = 0; done < chunk.length; done += CommitBatch.RUN_MAX) {
            var length = Math.min(CommitBatch.RUN_MAX, chunk.length - done);
            var checksum = checksum(data.duplicate(), data.position() + done, length);
            table.reference(log.number, chunk.position + done, length, checksum, segment.base);
            log.fresh.add(Run.referenced(chunk.position + done, length, checksum, file, segment));
            note(log);
        }
    }

    /// Copies a run out of an older journal file. Its checksum goes along as it was: bytes that were damaged there stay known to be.
    private void carry(StoredLog log, Run run) throws IOException {
        var begin = cursor;
        RunReader.copy(run, bytes.duplicate().limit(begin + run.length).position(begin));
        cursor += run.length;
        add(log, run.position, begin, run.crc);
    }

    private void note(StoredLog log) {
        file.logs.add(log);
        file.runs++;
    }

    private int checksum(ByteBuffer from, int begin, int length) {
        crc.reset();
        crc.update(from.limit(begin + length).position(begin));
        from.clear();
        return (int) crc.getValue();
    }

    void seal(CommitBatch.Numbering numbering, int blocks) {
        var headAgain = at + blocks * BatchHead.BLOCK - BatchHead.TRAILER - table.length();
        bytes.put(cursor, ZEROS, 0, headAgain - cursor);
        table.seal(
                file.sequence,
                numbering.number(),
                numbering.durable(),
                numbering.generation(),
                blocks);
        block.keepUntil(cursor);
    }
}
