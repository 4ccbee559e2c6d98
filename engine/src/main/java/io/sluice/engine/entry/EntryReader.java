package io.sluice.engine.entry;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a log's entries in order. What is damaged is reported and stepped over: reading goes on at the next whole entry.
public final class EntryReader {
    private static final int WINDOW_BYTES = 64 * 1024;
    private static final int STEP_BYTES = 512;

    private final Log log;
    private final Visitor visitor;
    private long position;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).flip();
    private long damagedFrom = -1;

    private EntryReader(Log log, Visitor visitor) {
        this.log = log;
        this.visitor = visitor;
        this.position = log.start();
    }

    /// Who is told what the log holds.
    public interface Visitor {
        /// @param position where the entry begins in its log
        /// @param payload only valid during the call
        void entry(int kind, long position, ByteBuffer payload) throws IOException;

        /// Bytes `[from, to)` are no entry, though they were once.
        void damaged(long from, long to);
    }

    /// Visits everything between the log's start and its end.
    ///
    /// @throws IOException when the log cannot be read, or a whole entry has a version unknown here
    public static void readAll(Log log, Visitor visitor) throws IOException {
        new EntryReader(log, visitor).run();
    }

    private void run() throws IOException {
        long end = log.end();
        while (position < end) {
            try {
                int length = load(Entry.HEADER_BYTES) ? payloadLength() : -1;
                if (length >= 0 && load(Entry.HEADER_BYTES + length) && whole(length)) {
                    visit(length);
                } else {
                    skip(1);
                }
            } catch (CorruptDataException e) {
                skip(STEP_BYTES);
            }
        }
        endDamage(Math.min(position, end));
    }

    private int payloadLength() {
        int at = window.position();
        int length = window.getInt(at + Entry.LENGTH_AT);
        boolean plausible =
                window.getShort(at) == Entry.MAGIC
                        && length >= 0
                        && length
                                <= Math.min(
                                        Entry.PAYLOAD_BYTES_MAX,
                                        log.end() - position - Entry.HEADER_BYTES);
        return plausible ? length : -1;
    }

    private boolean whole(int length) {
        int at = window.position();
        return window.getInt(at + Entry.CHECKSUM_AT) == Entry.checksum(window, at, length);
    }

    private void visit(int length) throws IOException {
        endDamage(position);
        int at = window.position();
        if (window.get(at + 2) != Entry.VERSION) {
            throw new IOException(
                    "the entry at "
                            + position
                            + " of log "
                            + log.name()
                            + " has version "
                            + window.get(at + 2)
                            + ", this program knows version "
                            + Entry.VERSION);
        }
        visitor.entry(window.get(at + 3), position, window.slice(at + Entry.HEADER_BYTES, length));
        window.position(at + Entry.HEADER_BYTES + length);
        position += Entry.HEADER_BYTES + length;
    }

    private void skip(int bytes) {
        if (damagedFrom < 0) {
            damagedFrom = position;
        }
        position += bytes;
        window.position(Math.min(window.limit(), window.position() + bytes));
    }

    private void endDamage(long to) {
        if (damagedFrom >= 0) {
            visitor.damaged(damagedFrom, to);
            damagedFrom = -1;
        }
    }

    /// Has at least `bytes` from the present position on in the window, if the log has them.
    private boolean load(int bytes) throws IOException {
        if (window.remaining() < bytes) {
            if (window.capacity() < bytes) {
                window = ByteBuffer.allocate(bytes).put(window).flip();
            }
            window.compact();
            try {
                fill(bytes);
            } finally {
                window.flip();
            }
        }
        return window.remaining() >= bytes;
    }

    private void fill(int bytes) throws IOException {
        while (window.position() < bytes) {
            int read = log.read(position + window.position(), window);
            if (read <= 0) {
                return;
            }
        }
    }
}
