package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares stored bytes with the checksums kept for them. A range that does not match is remembered as damaged: it is reported once and
/// fails whoever reads it, and nothing else. Thread-safe.
final class Verification {
    private static final Logger logger = LoggerFactory.getLogger(Verification.class);

    private final Storage storage;

    Verification(Storage storage) {
        this.storage = storage;
    }

    /// Appends the piece's bytes to `into`, as far as they fit, when they are what was written.
    void copy(StoredLog log, Piece piece, ByteBuffer into) throws IOException {
        var length = Math.min(piece.length(), into.remaining());
        switch (piece) {
            case Piece.InMemory(var _, var bytes, var _) ->
                    into.put(bytes.duplicate().limit(bytes.position() + length));
            case Piece.InJournal(var position, var _, var run) ->
                    copy(
                            log,
                            run.journal,
                            run.journal.file,
                            run.journalOffset,
                            run.position,
                            run.length,
                            run.crc,
                            position,
                            length,
                            into);
            case Piece.InSegment part -> copy(log, part, length, into);
        }
    }

    private void copy(StoredLog log, Piece.InSegment piece, int length, ByteBuffer into)
            throws IOException {
        var end = piece.position() + length;
        for (var at = piece.position(); at < end; ) {
            var range = range(log, piece.segment(), at);
            var part = (int) (Math.min(end, range.end()) - at);
            copy(
                    log,
                    piece.segment(),
                    piece.file(),
                    range.position() - piece.segment().base,
                    range.position(),
                    range.length(),
                    range.crc(),
                    at,
                    part,
                    into);
            at += part;
        }
    }

    /// The range with a checksum that the byte at `at` lies in.
    private SegmentSums.Range range(StoredLog log, SegmentFile segment, long at)
            throws IOException {
        synchronized (log) {
            var run = log.runs.covering(at);
            if (run != null && run.segment == segment) {
                return new SegmentSums.Range(run.position, run.length, run.crc);
            }
        }
        var sums = segment.sums(storage, log);
        var range = sums.covering(at);
        if (range == null) {
            // Up to where the next checksum begins nothing vouches for what is there.
            damaged(log, segment, at, Math.min(sums.next(at), log.end));
            throw new CorruptDataException(
                    log + ": nothing vouches for the bytes at " + at + " in " + segment);
        }
        return range;
    }

    private void copy(
            StoredLog log,
            Object place,
            io.sluice.engine.storage.StoredFile file,
            long offset,
            long position,
            int size,
            int crc,
            long from,
            int length,
            ByteBuffer into)
            throws IOException {
        var whole = from == position && length == size;
        var bytes = whole ? into.slice(into.position(), size) : ByteBuffer.allocate(size);
        try {
            RunReader.readFully(file, offset, bytes, place);
        } catch (CorruptDataException e) {
            damaged(log, place, position, position + size);
            throw e;
        }
        if (RunReader.checksum(bytes.flip()) != crc) {
            damaged(log, place, position, position + size);
            throw new CorruptDataException(
                    log
                            + ": the bytes "
                            + position
                            + " to "
                            + (position + size)
                            + " in "
                            + place
                            + " are damaged");
        }
        if (whole) {
            into.position(into.position() + size);
        } else {
            into.put(bytes.slice((int) (from - position), length));
        }
    }

    void damaged(StoredLog log, Object place, long from, long to) {
        synchronized (log) {
            if (!log.damage.add(from, to)) {
                return;
            }
        }
        logger.error(
                "log {}: bytes {} to {} in {} are damaged, reading them fails from now on",
                log,
                from,
                to,
                place);
    }
}
