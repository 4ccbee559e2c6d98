package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/// What is in a message: what it is for, what is to be done with it, and a checksum of the rest.
///
/// ```text
///   body     │ lane u32 │ copy u32 │ bytes of chance ... │
///   header   "message"   its number, the same in all of its copies
///   header   "doomed"    whoever receives it rejects it
///   priority             its urgency
/// ```
///
/// @param message the number of the message among those of its publisher
record Letter(int message, int urgency, boolean isDoomed, long checksum) {
    private static final int HEAD_BYTES = 2 * Integer.BYTES;
    private static final int DOOMED_OF = 25;
    private static final int SMALL_BYTES_MAX = 400;
    private static final int LARGE_BYTES_MAX = 300_000;

    /// A letter with the body that belongs to it, whose first bytes [#address] fills in.
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Draft(Letter letter, byte[] body) {
        byte[] address(int lane, int copy) {
            var addressed = body.clone();
            ByteBuffer.wrap(addressed).putInt(lane).putInt(copy);
            return addressed;
        }
    }

    /// A letter that was received, and which copy of it.
    record Received(int lane, int copy, Letter letter) {}

    static Draft draft(int message, Random random) {
        var large = random.nextInt(300) == 0;
        var body = new byte[HEAD_BYTES + random.nextInt(large ? LARGE_BYTES_MAX : SMALL_BYTES_MAX)];
        random.nextBytes(body);
        var letter =
                new Letter(
                        message,
                        random.nextInt(Place.URGENCIES),
                        random.nextInt(DOOMED_OF) == 0,
                        checksum(body));
        return new Draft(letter, body);
    }

    BasicProperties properties() {
        return new BasicProperties.Builder()
                .deliveryMode(2)
                .priority(urgency)
                .messageId(Integer.toString(message))
                .headers(Map.of("message", message, "doomed", isDoomed, "list", List.of(1, "two")))
                .build();
    }

    static Received read(BasicProperties properties, byte[] body) {
        var headers = properties.getHeaders();
        if (body.length < HEAD_BYTES
                || headers == null
                || properties.getPriority() == null
                || !(headers.get("message") instanceof Integer message)
                || !(headers.get("doomed") instanceof Boolean doomed)
                || !(headers.get("list") instanceof List<?> list)
                || list.size() != 2
                || !Integer.valueOf(2).equals(properties.getDeliveryMode())
                || !message.toString().equals(properties.getMessageId())) {
            throw new Violation(
                    Invariant.MESSAGES_ARE_WHAT_WAS_SENT,
                    "received " + body.length + " bytes with " + properties);
        }
        var head = ByteBuffer.wrap(body);
        return new Received(
                head.getInt(),
                head.getInt(),
                new Letter(message, properties.getPriority(), doomed, checksum(body)));
    }

    private static long checksum(byte[] body) {
        var crc = new CRC32();
        crc.update(body, HEAD_BYTES, body.length - HEAD_BYTES);
        return crc.getValue();
    }
}
