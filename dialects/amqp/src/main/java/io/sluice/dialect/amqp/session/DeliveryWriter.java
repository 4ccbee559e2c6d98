package io.sluice.dialect.amqp.session;

import io.sluice.broker.record.Records;
import io.sluice.dialect.amqp.codec.FrameWriter;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.Value;
import io.sluice.dialect.amqp.mapping.StoredMessage;
import java.nio.ByteBuffer;

/// Writes stored records as frames, straight from where they lie.
final class DeliveryWriter {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final int REMEMBERED_BYTES_MAX = 512;
    private static final String DELIVERY_COUNT = "x-delivery-count";
    private static final String STREAM_OFFSET = "x-stream-offset";

    private final AmqpSession session;
    private final int channel;

    /// What the latest message with a count had and got: the next one mostly has the same.
    private ByteBuffer countedFrom = NO_BODY;

    private ByteBuffer counted = NO_BODY;
    private int countedAs = -1;

    DeliveryWriter(AmqpSession session, int channel) {
        this.session = session;
        this.channel = channel;
    }

    /// What the broker adds to a message's headers.
    sealed interface Extra {
        Extra NONE = new None();

        record None() implements Extra {}

        /// How often a quorum queue's message was handed out before.
        record DeliveryCount(int count) implements Extra {}

        /// Where a stream's message lies.
        record StreamOffset(long offset) implements Extra {}
    }

    /// The record that the cursor stands on, as `basic.deliver`.
    void deliver(
            Records record,
            Octets consumerTag,
            long deliveryTag,
            boolean redelivered,
            Extra extra) {
        var message = StoredMessage.of(record);
        FrameWriter.deliver(
                channel,
                session.frameBytesMax(),
                consumerTag,
                deliveryTag,
                redelivered,
                message.exchange(),
                message.routingKey(),
                with(extra, message.properties()),
                body(record),
                session.output().open());
        session.output().close();
    }

    /// The record that the cursor stands on, as `basic.get-ok`.
    void answerGet(
            Records record, long deliveryTag, boolean redelivered, long messagesLeft, Extra extra) {
        var message = StoredMessage.of(record);
        FrameWriter.getOk(
                channel,
                session.frameBytesMax(),
                deliveryTag,
                redelivered,
                message.exchange(),
                message.routingKey(),
                (int) Math.min(messagesLeft, Integer.MAX_VALUE),
                with(extra, message.properties()),
                body(record),
                session.output().open());
        session.output().close();
    }

    private static ByteBuffer body(Records record) {
        var value = record.value();
        return value == null ? NO_BODY : value;
    }

    private ByteBuffer with(Extra extra, ByteBuffer properties) {
        return switch (extra) {
            case Extra.None _ -> properties;
            case Extra.DeliveryCount(int count) -> counted(count, properties);
            case Extra.StreamOffset(long offset) ->
                    new PropertiesEditor(properties)
                            .header(STREAM_OFFSET, Value.number(offset))
                            .build();
        };
    }

    private ByteBuffer counted(int count, ByteBuffer properties) {
        if (properties.remaining() > REMEMBERED_BYTES_MAX) {
            return withCount(count, properties);
        }
        if (count != countedAs || !properties.equals(countedFrom)) {
            countedAs = count;
            countedFrom =
                    ByteBuffer.allocate(properties.remaining()).put(properties.duplicate()).flip();
            counted = withCount(count, properties);
        }
        return counted;
    }

    private static ByteBuffer withCount(int count, ByteBuffer properties) {
        return new PropertiesEditor(properties).header(DELIVERY_COUNT, Value.number(count)).build();
    }
}
