package io.sluice.dialect.amqp.codec;

import io.netty.buffer.ByteBuf;

/// Writes the arguments of a method, as [ArgumentReader] reads them.
final class ArgumentWriter {
    private final ByteBuf into;
    private int bitsAt;
    private int nextBit;

    ArgumentWriter(ByteBuf into) {
        this.into = into;
    }

    void bit(boolean set) {
        if (nextBit == 0 || nextBit > 0x80) {
            bitsAt = into.writerIndex();
            into.writeByte(0);
            nextBit = 1;
        }
        if (set) {
            into.setByte(bitsAt, into.getByte(bitsAt) | nextBit);
        }
        nextBit <<= 1;
    }

    void u8(int value) {
        nextBit = 0;
        into.writeByte(value);
    }

    void u16(int value) {
        nextBit = 0;
        into.writeShort(value);
    }

    void u32(long value) {
        nextBit = 0;
        into.writeInt((int) value);
    }

    void i64(long value) {
        nextBit = 0;
        into.writeLong(value);
    }

    void shortOctets(Octets octets) {
        u8(octets.length());
        into.writeBytes(octets.bytes());
    }

    void shortText(String text) {
        shortOctets(Octets.of(text));
    }

    void longOctets(Octets octets) {
        u32(octets.length());
        into.writeBytes(octets.bytes());
    }

    void table(Table table) {
        throw new UnsupportedOperationException("being written");
    }
}
