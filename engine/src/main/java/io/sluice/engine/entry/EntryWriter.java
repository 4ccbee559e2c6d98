package io.sluice.engine.entry;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Frames entries one behind the other, to be appended together in one chunk. Payloads are written in place, so an entry costs one
/// copy.
public final class EntryWriter {
    private ByteBuffer bytes;

    /// @param expectedBytes room to begin with; it grows
    public EntryWriter(int expectedBytes) {
        bytes = ByteBuffer.allocate(expectedBytes);
    }

    /// Adds an entry.
    ///
    /// @param kind 0 to 127, the owner's affair
    /// @param payloadBytes at least as many as `payload` puts
    public EntryWriter add(int kind, int payloadBytes, Consumer<ByteBuffer> payload) {
        reserve(Entry.HEADER_BYTES + payloadBytes);
        int at = bytes.position();
        bytes.putShort(Entry.MAGIC).put(Entry.VERSION).put((byte) kind).putInt(0).putInt(0);
        payload.accept(bytes);
        int length = bytes.position() - at - Entry.HEADER_BYTES;
        bytes.putInt(at + Entry.LENGTH_AT, length);
        bytes.putInt(at + Entry.CHECKSUM_AT, Entry.checksum(bytes, at, length));
        return this;
    }

    /// Bytes framed so far.
    public int size() {
        return bytes.position();
    }

    /// What was framed. The writer is not used again.
    public ByteBuffer finish() {
        return bytes.flip();
    }

    private void reserve(int more) {
        if (bytes.remaining() < more) {
            int wanted = Math.max(bytes.capacity() * 2, bytes.position() + more);
            bytes = ByteBuffer.allocate(wanted).put(bytes.flip());
        }
    }
}
