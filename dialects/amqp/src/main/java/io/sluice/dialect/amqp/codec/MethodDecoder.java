package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Decodes the methods of one connection. As [Method#decode], but a publisher says the same `basic.publish` over and over: the latest ones are
/// remembered by their bytes, so that one of them is recognised instead of decoded, and is the same object again.
public final class MethodDecoder {
    /// A power of two.
    private static final int REMEMBERED = 32;

    private static final int IDS_BYTES = 4;

    /// As `basic.publish` begins.
    private static final int PUBLISH = BasicMethod.CLASS_ID << 16 | BasicMethod.Publish.ID;

    /// As `basic.ack` begins, and the bytes that it has as a whole.
    private static final int ACK = BasicMethod.CLASS_ID << 16 | BasicMethod.Ack.ID;

    private static final int ACK_BYTES = IDS_BYTES + Long.BYTES + 1;

    /// None before the first publish: most connections only consume.
    private Known @Nullable [] known;

    private record Known(Octets arguments, BasicMethod.Publish publish) {}

    public DecodedMethod decode(Frame frame) {
        if (frame.length() <= IDS_BYTES) {
            return Method.decode(frame);
        }
        int ids = frame.bytes().getInt(frame.at());
        if (ids == PUBLISH) {
            return publish(frame);
        }
        return ids == ACK && frame.length() == ACK_BYTES ? ack(frame) : Method.decode(frame);
    }

    /// A consumer says hardly anything else.
    private static BasicMethod.Ack ack(Frame frame) {
        int at = frame.at() + IDS_BYTES;
        return new BasicMethod.Ack(
                frame.bytes().getLong(at), (frame.bytes().get(at + Long.BYTES) & 1) != 0);
    }

    private DecodedMethod publish(Frame frame) {
        int at = frame.at() + IDS_BYTES;
        int length = frame.length() - IDS_BYTES;
        var table = known;
        if (table == null) {
            table = new Known[REMEMBERED];
            known = table;
        }
        int place = hash(frame.bytes(), at, length) & (REMEMBERED - 1);
        var there = table[place];
        if (there != null && there.arguments.matches(frame.bytes(), at, length)) {
            return there.publish;
        }
        var decoded = Method.decode(frame);
        if (decoded instanceof BasicMethod.Publish publish) {
            table[place] = new Known(Octets.of(frame.bytes(), at, length), publish);
        }
        return decoded;
    }

    private static int hash(ByteBuffer bytes, int at, int length) {
        long hash = length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ bytes.getLong(at + i));
        }
        for (; i < length; i++) {
            hash = mix(hash ^ bytes.get(at + i));
        }
        return (int) (hash >>> Integer.SIZE);
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
