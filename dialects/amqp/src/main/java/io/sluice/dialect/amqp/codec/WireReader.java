package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// Reads AMQP's elementary types, one after the other, and never beyond its end. Bits that follow each other share octets, the first one
/// lowest.
final class WireReader {
    private final ByteBuffer from;
    private int at;
    private int end;
    private int bits;

    /// The bit that comes next, of those in `bits`; 0: the next one begins another octet.
    private int nextBit;

    WireReader(ByteBuffer from, int at, int length) {
        this.from = from;
        this.at = at;
        this.end = at + length;
    }

    int at() {
        return at;
    }

    boolean hasMore() {
        return at < end;
    }

    boolean bit() throws MalformedException {
        if (nextBit == 0 || nextBit > 0x80) {
            bits = u8();
            nextBit = 1;
        }
        boolean set = (bits & nextBit) != 0;
        nextBit <<= 1;
        return set;
    }

    byte i8() throws MalformedException {
        return from.get(take(Byte.BYTES));
    }

    int u8() throws MalformedException {
        return i8() & 0xFF;
    }

    short i16() throws MalformedException {
        return from.getShort(take(Short.BYTES));
    }

    int u16() throws MalformedException {
        return i16() & 0xFFFF;
    }

    int i32() throws MalformedException {
        return from.getInt(take(Integer.BYTES));
    }

    long u32() throws MalformedException {
        return i32() & 0xFFFF_FFFFL;
    }

    long i64() throws MalformedException {
        return from.getLong(take(Long.BYTES));
    }

    Octets shortOctets() throws MalformedException {
        int length = u8();
        return Octets.of(from, take(length), length);
    }

    /// A name: what is no UTF-8 would be another one once it was decoded.
    Octets shortUtf8() throws MalformedException {
        var octets = shortOctets();
        if (!octets.isText()) {
            throw new MalformedException("a short string is not UTF-8");
        }
        return octets;
    }

    Octets longOctets() throws MalformedException {
        long length = u32();
        return Octets.of(from, take(length), (int) length);
    }

    Table table() throws MalformedException {
        return TableReader.table(this, 1);
    }

    void skip(long bytes) throws MalformedException {
        take(bytes);
    }

    /// Makes the end that of a part which begins here.
    ///
    /// @return the end as it was, for [#leave]
    int enter(long bytes) throws MalformedException {
        if (bytes > end - at) {
            throw tooShort();
        }
        int outer = end;
        end = at + (int) bytes;
        return outer;
    }

    void leave(int outerEnd) {
        end = outerEnd;
    }

    private int take(long bytes) throws MalformedException {
        nextBit = 0;
        if (bytes > end - at) {
            throw tooShort();
        }
        int taken = at;
        at += (int) bytes;
        return taken;
    }

    private static MalformedException tooShort() {
        return new MalformedException("the bytes end too early");
    }
}
