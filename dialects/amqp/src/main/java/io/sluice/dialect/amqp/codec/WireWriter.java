package io.sluice.dialect.amqp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// Writes AMQP's elementary types, as [WireReader] reads them.
final class WireWriter {
    private static final int SHORT_MAX = 255;

    private final ByteBuf into;
    private int bitsAt;
    private int nextBit;

    WireWriter(ByteBuf into) {
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
        if (octets.length() > SHORT_MAX) {
            throw new IllegalArgumentException(
                    "%d bytes in a short string".formatted(octets.length()));
        }
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
        nextBit = 0;
        TableWriter.write(table, this);
    }

    void raw(ByteBuffer bytes) {
        nextBit = 0;
        into.writeBytes(bytes);
    }

    /// Leaves room for a length that is known only when what it counts was written.
    ///
    /// @return where, for [#endSized]
    int beginSized() {
        nextBit = 0;
        int at = into.writerIndex();
        into.writeInt(0);
        return at;
    }

    void endSized(int at) {
        nextBit = 0;
        into.setInt(at, into.writerIndex() - at - Integer.BYTES);
    }
}
