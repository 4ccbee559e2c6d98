package io.sluice.engine.partition;

import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Walks over a run of batches in a log, looking at their headers only, in steps of one read for many small batches.
final class BatchScan {
    /// Enough to see a few dozen small batches at once, little enough not to matter for large ones.
    static final int SEEK_BYTES = 8 * 1024;

    private final Log log;
    private final long end;
    private final ByteBuffer window;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
    private final RecordBatch header = RecordBatch.view(headerBytes, 0);
    private long windowAt;
    private long position;
    private long following;

    /// @param from where a batch starts
    /// @param end where the last batch ends
    BatchScan(Log log, long from, long end, int windowBytes) {
        this.log = log;
        this.end = end;
        this.window =
                ByteBuffer.allocate((int) Math.min(windowBytes, Math.max(0, end - from))).limit(0);
        this.windowAt = from;
        this.position = from;
        this.following = from;
    }

    /// Moves to the next batch; false at the end.
    ///
    /// @throws CorruptDataException when what lies there is no batch
    boolean next() throws IOException {
        position = following;
        if (position >= end) {
            return false;
        }
        if (end - position < RecordBatch.HEADER_BYTES) {
            throw damaged();
        }
        load(position, RecordBatch.HEADER_BYTES);
        headerBytes.put(0, window, (int) (position - windowAt), RecordBatch.HEADER_BYTES);
        if (!Parsed.isPlausible(headerBytes, end - position)) {
            throw damaged();
        }
        following = position + header.bytes();
        return true;
    }

    /// The header of the batch that the scan stands on: changes with the next one.
    RecordBatch header() {
        return header;
    }

    /// Where the batch starts.
    long position() {
        return position;
    }

    /// Where the batch ends.
    long following() {
        return following;
    }

    /// Whether the batch's checksum is that of its bytes; reads all of them.
    boolean isIntact() throws IOException {
        var crc = new CRC32C();
        for (long at = position + RecordBatch.CHECKED_FROM; at < following; ) {
            load(at, 1);
            int from = (int) (at - windowAt);
            int count = (int) Math.min(window.limit() - from, following - at);
            crc.update(window.duplicate().limit(from + count).position(from));
            at += count;
        }
        return (int) crc.getValue() == header.crc();
    }

    /// The whole batch, in memory until the next call; null when its checksum is wrong. The checksum comes first: a damaged length shall not
    /// allocate what it claims.
    @Nullable RecordBatch intact() throws IOException {
        int bytes = header.bytes();
        if (bytes <= window.capacity()) {
            load(position, bytes);
            var batch = RecordBatch.view(window, (int) (position - windowAt));
            return batch.isIntact() ? batch : null;
        }
        return isIntact() ? RecordBatch.view(copy(), 0) : null;
    }

    /// The batch's bytes, whatever they are.
    ByteBuffer copy() throws IOException {
        var bytes = ByteBuffer.allocate(header.bytes());
        if (log.read(position, bytes) < bytes.capacity()) {
            throw damaged();
        }
        return bytes.flip();
    }

    CorruptDataException damaged() {
        return new CorruptDataException(
                "log " + log.name() + " has no intact batch at position " + position);
    }

    private void load(long from, int bytes) throws IOException {
        if (from >= windowAt && from + bytes <= windowAt + window.limit()) {
            return;
        }
        windowAt = from;
        window.clear().limit((int) Math.min(window.capacity(), end - from));
        log.read(from, window);
        window.flip();
        if (window.limit() < bytes) {
            throw new CorruptDataException(
                    "log "
                            + log.name()
                            + " ends at "
                            + (from + window.limit())
                            + ", expected "
                            + end);
        }
    }
}
