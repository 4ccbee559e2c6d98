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
    private final Bodies bodies;
    private final long end;
    private final ByteBuffer window;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
    private final RecordBatch header = RecordBatch.view(headerBytes, 0);
    private long windowAt;
    private long position;
    private long following;
    private boolean reference;

    /// For who looks at headers only.
    ///
    /// @param from where a batch starts
    /// @param end where the last batch ends
    BatchScan(Log log, long from, long end, int windowBytes) {
        this(log, Bodies.NONE, from, end, windowBytes);
    }

    /// @param bodies where the records of reference batches are found
    BatchScan(Log log, Bodies bodies, long from, long end, int windowBytes) {
        this.log = log;
        this.bodies = bodies;
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
        reference = BatchReference.isAt(headerBytes, 0);
        if (reference) {
            headerBytes.put(BatchReference.MAGIC_AT, BatchReference.WHOLE_MAGIC);
        }
        if (!Parsed.isPlausible(headerBytes, end - position)
                || (reference && header.bytes() != BatchReference.BYTES)) {
            throw damaged();
        }
        following = position + header.bytes();
        return true;
    }

    /// The header of the batch that the scan stands on, with the length that it is stored with: changes with the next one.
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

    /// Where the records of the batch lie, when it is stored as a reference; else null.
    @Nullable BodyPlace reference() throws IOException {
        if (!reference) {
            return null;
        }
        load(position, BatchReference.BYTES);
        return BatchReference.place(window, (int) (position - windowAt));
    }

    /// How long the whole batch is.
    int wholeBytes() throws IOException {
        var place = reference();
        return place == null ? header.bytes() : RecordBatch.HEADER_BYTES + place.length();
    }

    /// Whether the checksum of what is stored here is that of its bytes; reads all of them. Where a reference leads is not looked at.
    boolean isIntact() throws IOException {
        if (reference) {
            load(position, BatchReference.BYTES);
            return BatchReference.isIntact(window, (int) (position - windowAt));
        }
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
        if (reference) {
            try {
                return RecordBatch.view(whole(), 0);
            } catch (CorruptDataException damage) {
                return null;
            }
        }
        int bytes = header.bytes();
        if (bytes <= window.capacity()) {
            load(position, bytes);
            var batch = RecordBatch.view(window, (int) (position - windowAt));
            return batch.isIntact() ? batch : null;
        }
        return isIntact() ? RecordBatch.view(copy(), 0) : null;
    }

    /// The batch's bytes as clients know them.
    ///
    /// @throws CorruptDataException when it is stored as a reference and its records cannot be found; other damage is not looked for
    ByteBuffer whole() throws IOException {
        if (!reference) {
            return copy();
        }
        load(position, BatchReference.BYTES);
        return BatchReference.whole(window, (int) (position - windowAt), bodies);
    }

    /// What is stored, whatever it is.
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
