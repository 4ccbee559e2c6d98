package io.sluice.engine.log.embedded;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.TrimmedException;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Finds a log's bytes, wherever they lie now: in memory, in the journal, in a segment. Thread-safe.
///
/// What there is, is found and held under the log's lock; files are read outside of it.
final class LogReader {
    /// A socket takes no more than this in one call anyway.
    private static final int PIECES_MAX = 256;
    /// Bytes this far behind the end of a log may no longer be in the page cache.
    private static final long SETTLED_BEHIND = 64L << 20;

    private final OpenSegments segments;
    private final BlockCache cache;
    private final Verification verification;

    LogReader(OpenSegments segments, BlockCache cache, Verification verification) {
        this.segments = segments;
        this.cache = cache;
        this.verification = verification;
    }

    Slices slices(StoredLog log, long position, int max) throws IOException {
        if (max < 1) {
            throw new IllegalArgumentException("at least one byte is asked for: " + max);
        }
        var pieces = find(log, position, max);
        if (pieces.isEmpty()) {
            return Slices.empty();
        }
        try {
            var slices = new ArrayList<Slice>(pieces.size());
            for (var piece : pieces) {
                add(slices, slice(piece, log.end - piece.position() > SETTLED_BEHIND));
            }
            return new Slices(slices, () -> letGo(pieces));
        } catch (IOException | RuntimeException e) {
            letGo(pieces);
            throw e;
        }
    }

    /// Adds a slice; one that goes on in the file where the last one ends makes that one longer.
    private static void add(List<Slice> slices, Slice slice) {
        if (slice instanceof Slice.InFile(var file, var position, var length, var settled)
                && !slices.isEmpty()
                && slices.getLast() instanceof Slice.InFile last
                && last.file().equals(file)
                && last.position() + last.length() == position) {
            slices.set(
                    slices.size() - 1,
                    new Slice.InFile(
                            file,
                            last.position(),
                            last.length() + length,
                            last.settled() || settled));
        } else {
            slices.add(slice);
        }
    }

    private static Slice slice(Piece piece, boolean settled) throws IOException {
        return switch (piece) {
            case Piece.InMemory(var _, var bytes, var _) -> new Slice.InMemory(bytes);
            case Piece.InJournal part -> stored(part.file(), part.offset(), part.length(), false);
            case Piece.InSegment part -> stored(part.file(), part.offset(), part.length(), settled);
        };
    }

    private static Slice stored(StoredFile file, long offset, int length, boolean settled)
            throws IOException {
        var channel = file.channel();
        if (channel.isPresent()) {
            return new Slice.InFile(channel.get(), offset, length, settled);
        }
        var copy = ByteBuffer.allocate(length);
        RunReader.readFully(file, offset, copy, "a stored file");
        return new Slice.InMemory(copy.flip().asReadOnlyBuffer());
    }

    /// Copies bytes, each of them checked against the stored checksums.
    int verified(StoredLog log, long position, ByteBuffer into) throws IOException {
        var begin = into.position();
        while (into.hasRemaining()) {
            var at = position + into.position() - begin;
            var pieces = find(log, at, into.remaining(), into.position() > begin);
            if (pieces.isEmpty()) {
                break;
            }
            try {
                for (var piece : pieces) {
                    verification.copy(log, piece, into);
                }
            } catch (CorruptDataException e) {
                if (into.position() == begin) {
                    throw e;
                }
                break;
            } finally {
                letGo(pieces);
            }
        }
        return into.position() - begin;
    }

    private List<Piece> find(StoredLog log, long position, int max) throws IOException {
        return find(log, position, max, false);
    }

    /// Holds what there is from `position` on.
    ///
    /// @param more true when something was found before it: damage then ends the search instead of failing it
    private List<Piece> find(StoredLog log, long position, int max, boolean more)
            throws IOException {
        var pieces = new ArrayList<Piece>();
        synchronized (log) {
            if (position < log.start) {
                throw new TrimmedException(
                        log
                                + ": position "
                                + position
                                + " was trimmed, the log starts at "
                                + log.start);
            }
            if (position > log.end) {
                throw new IllegalArgumentException(
                        log + ": position " + position + " lies behind the end " + log.end);
            }
            var sound = log.damage.next(position);
            if (sound == position && position < log.end) {
                if (more) {
                    return pieces;
                }
                throw new CorruptDataException(
                        log + ": the bytes at " + position + " are damaged: " + log.damage);
            }
            var stop = Math.min(Math.min(log.end, sound), position + max);
            try {
                for (var at = position;
                        at < stop && pieces.size() < PIECES_MAX;
                        at += pieces.getLast().length()) {
                    pieces.add(piece(log, at, stop));
                }
            } catch (IOException | RuntimeException e) {
                letGo(pieces);
                throw e;
            }
        }
        return pieces;
    }

    private Piece piece(StoredLog log, long at, long stop) throws IOException {
        var run = log.runs.covering(at);
        if (run == null) {
            return settled(
                    log,
                    at,
                    (int)
                            (Math.min(stop, log.runs.size() > 0 ? log.runs.at(0).position : stop)
                                    - at));
        }
        var length = (int) (Math.min(stop, run.end()) - at);
        if (run.segment != null) {
            return new Piece.InSegment(at, length, run.segment, segments.hold(run.segment, false));
        }
        var block = run.block;
        if (block != null && cache.hold(block)) {
            return new Piece.InMemory(
                    at, block.view(run.blockOffset + (int) (at - run.position), length), block);
        }
        var held = run.journal.hold();
        assert held : "a file that runs lie in is held by the journal";
        return new Piece.InJournal(at, length, run);
    }

    private Piece settled(StoredLog log, long at, int length) throws IOException {
        var segment = log.segmentAt(at);
        if (segment == null || length <= 0) {
            throw new CorruptDataException(log + ": the bytes at " + at + " are missing");
        }
        var next = log.segments.higherKey(segment.base);
        var inside = next == null ? length : (int) Math.min(length, next - at);
        return new Piece.InSegment(at, inside, segment, segments.hold(segment, false));
    }

    private static void letGo(List<Piece> pieces) {
        pieces.forEach(Piece::letGo);
    }
}
