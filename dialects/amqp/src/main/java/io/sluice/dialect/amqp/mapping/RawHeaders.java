package io.sluice.dialect.amqp.mapping;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;

/// A record's headers as they are stored, being written into memory that is used again.
///
/// ```text
///   ┌───────┬────────────┬──────┬──────────────┬───────┬──── ─ ─
///   │ count │ key length │ key  │ value length │ value │ key length
///   │ varint│   varint   │      │    varint    │       │
///   └───────┴────────────┴──────┴──────────────┴───────┴──── ─ ─
/// ```
///
/// The count is known last and written before the rest, into room left for it.
final class RawHeaders {
    private static final int FIRST_AT = Varint.MAX_BYTES;
    private static final int FIRST_BYTES = 512;

    /// One large message does not make the memory large for ever.
    private static final int KEPT_BYTES_MAX = 64 * 1024;

    private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

    void begin() {
        if (out.capacity() > KEPT_BYTES_MAX) {
            out = ByteBuffer.allocate(FIRST_BYTES);
        }
        out.clear().position(FIRST_AT);
    }

    /// What was written since [#begin], with the count before it; good until the next [#begin].
    ByteBuffer end(int count) {
        int begin = FIRST_AT - Varint.size(count);
        int end = out.position();
        out.position(begin);
        Varint.write(count, out);
        return out.slice(begin, end - begin);
    }

    /// The length of a key or a value; -1: there is no value.
    void length(int length) {
        makeRoom(Varint.MAX_BYTES);
        Varint.write(length, out);
    }

    /// Bytes from index `at` of `from` on, whose position stays.
    void put(ByteBuffer from, int at, int length) {
        makeRoom(length);
        out.put(out.position(), from, at, length).position(out.position() + length);
    }

    /// Leaves room for the length of what is written next, right into [#memory].
    ///
    /// @param bytesMax that it is at most
    /// @return where it begins, for [#endSized]
    int beginSized(int bytesMax) {
        makeRoom(Varint.MAX_BYTES + bytesMax);
        int at = out.position() + Varint.size(bytesMax);
        out.position(at);
        return at;
    }

    ByteBuffer memory() {
        return out;
    }

    void endSized(int at, int bytesMax) {
        int length = out.position() - at;
        int room = Varint.size(bytesMax);
        int unused = room - Varint.size(length);
        if (unused > 0) {
            out.put(at - unused, out, at, length);
        }
        out.position(at - room);
        Varint.write(length, out);
        out.position(at - unused + length);
    }

    private void makeRoom(int bytes) {
        if (out.remaining() < bytes) {
            var larger = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + bytes));
            out = larger.put(out.flip());
        }
    }
}
