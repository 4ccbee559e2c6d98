package io.sluice.dialect.amqp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An immutable string of bytes, mostly UTF-8 text, that knows both forms.
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private @Nullable String text;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Octets of(String text) {
        var octets = new Octets(text.getBytes(StandardCharsets.UTF_8));
        octets.text = text;
        return octets;
    }

    /// A copy of the bytes from position to limit, which stays where it is.
    public static Octets of(ByteBuffer from) {
        return of(from, from.position(), from.remaining());
    }

    static Octets of(ByteBuffer from, int at, int length) {
        if (length == 0) {
            return EMPTY;
        }
        var bytes = new byte[length];
        from.get(at, bytes);
        return new Octets(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /// Decoded as UTF-8, with replacement characters for what is none; made once.
    public String text() {
        var known = text;
        if (known == null) {
            known = new String(bytes, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /// Whether the bytes are valid UTF-8.
    public boolean isText() {
        return isAscii() || Arrays.equals(bytes, text().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isAscii() {
        for (byte next : bytes) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    /// A view of the bytes, read-only.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    byte[] bytes() {
        return bytes;
    }

    /// Whether these are the bytes at that place of a big-endian buffer.
    boolean matches(ByteBuffer other, int at, int length) {
        if (length != bytes.length) {
            return false;
        }
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if ((long) LONGS.get(bytes, i) != other.getLong(at + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (bytes[i] != other.get(at + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
