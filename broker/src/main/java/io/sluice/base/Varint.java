package io.sluice.base;

import java.nio.ByteBuffer;

/// Signed integers in one to ten bytes: zigzag (0, -1, 1, -2, ... become 0, 1, 2, 3, ...), then seven bits per byte, lowest first, the
/// top bit set on all but the last.
public final class Varint {
    /// The longest encoding of a `long`.
    public static final int MAX_BYTES = 10;

    private Varint() {}

    public static int size(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
    }

    public static void write(long value, ByteBuffer into) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            into.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    /// Reads from the buffer's position on.
    ///
    /// @throws IllegalArgumentException when the bytes end within the number, or it has more bits than a `long`
    public static long read(ByteBuffer from) {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (!from.hasRemaining()) {
                throw new IllegalArgumentException("the bytes end within a number");
            }
            byte next = from.get();
            if (shift == 63 && (next & 0xFE) != 0) {
                break;
            }
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
