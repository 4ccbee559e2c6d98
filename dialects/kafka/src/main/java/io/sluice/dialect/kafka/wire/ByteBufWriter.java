package io.sluice.dialect.kafka.wire;

import io.netty.buffer.ByteBuf;
import io.sluice.transport.Outgoing.Splice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Writable;
import org.apache.kafka.common.record.internal.BaseRecords;

/// What Kafka's generated code writes a message to: a network buffer. Stored records are not written but noted, with the
/// place where they belong.
final class ByteBufWriter implements Writable {
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;

    private final ByteBuf out;
    private final List<Splice> splices = new ArrayList<>(0);

    ByteBufWriter(ByteBuf out) {
        this.out = out;
    }

    List<Splice> splices() {
        return splices;
    }

    @Override
    public void writeRecords(BaseRecords records) {
        if (records instanceof StoredRecords stored) {
            splices.add(new Splice(out.writerIndex(), stored.slices()));
        } else {
            Writable.super.writeRecords(records);
        }
    }

    @Override
    public void writeByte(byte value) {
        out.writeByte(value);
    }

    @Override
    public void writeShort(short value) {
        out.writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        out.writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        out.writeLong(value);
    }

    @Override
    public void writeDouble(double value) {
        out.writeDouble(value);
    }

    @Override
    public void writeByteArray(byte[] bytes) {
        out.writeBytes(bytes);
    }

    @Override
    public void writeByteBuffer(ByteBuffer bytes) {
        out.writeBytes(bytes.duplicate());
    }

    @Override
    public void writeUnsignedVarint(int value) {
        var rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            out.writeByte((rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    @Override
    public void writeVarint(int value) {
        writeUnsignedVarint((value << 1) ^ (value >> 31));
    }

    @Override
    public void writeVarlong(long value) {
        var rest = (value << 1) ^ (value >> 63);
        while ((rest & ~SEVEN_BITS) != 0) {
            out.writeByte((int) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
