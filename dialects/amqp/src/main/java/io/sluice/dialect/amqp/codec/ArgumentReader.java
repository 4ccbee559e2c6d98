package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// Reads the arguments of a method, one after the other. Bits that follow each other share octets, the first one lowest.
final class ArgumentReader {
    private final ByteBuffer from;
    private final int end;
    private int at;
    private int bits;

    /// The bit that comes next, of those in `bits`; 0: the next one begins another octet.
    private int nextBit;

    ArgumentReader(ByteBuffer from, int at, int length) {
        this.from = from;
        this.at = at;
        this.end = at + length;
    }

    boolean bit() throws MalformedException {
        if (nextBit == 0 || nextBit > 0x80) {
            bits = from.get(take(1)) & 0xFF;
            nextBit = 1;
        }
        boolean set = (bits & nextBit) != 0;
        nextBit <<= 1;
        return set;
    }

    int u8() throws MalformedException {
        return from.get(take(1)) & 0xFF;
    }

    int u16() throws MalformedException {
        return from.getShort(take(2)) & 0xFFFF;
    }

    long u32() throws MalformedException {
        return from.getInt(take(4)) & 0xFFFF_FFFFL;
    }

    long i64() throws MalformedException {
        return from.getLong(take(8));
    }

    Octets shortOctets() throws MalformedException {
        int length = u8();
        return Octets.of(from, take(length), length);
    }

    /// A name: what is no UTF-8 would be another one once it was decoded.
    String shortText() throws MalformedException {
        var octets = shortOctets();
        if (!octets.isText()) {
            throw new MalformedException("a short string is not UTF-8");
        }
        return octets.text();
    }

    Octets longOctets() throws MalformedException {
        long length = u32();
        return Octets.of(from, take(length), (int) length);
    }

    Table table() throws MalformedException {
        throw new UnsupportedOperationException("being written");
    }

    private int take(long bytes) throws MalformedException {
        nextBit = 0;
        if (bytes > end - at) {
            throw new MalformedException("the arguments end too early");
        }
        int taken = at;
        at += (int) bytes;
        return taken;
    }
}
