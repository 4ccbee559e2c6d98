package io.sluice.dialect.sqs.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Header;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A message on its way into a record: the group is the record's key, the body its value, all else headers.
///
/// @param notBeforeMillis wall clock; 0: at once
/// @param deduplicationId of FIFO queues, given or worked out
public record MessageRecord(
        UUID id,
        MessageToSend message,
        String senderId,
        String queueName,
        long notBeforeMillis,
        Optional<String> deduplicationId,
        Optional<Once> once) {
    /// Adds the record.
    public void addTo(BatchBuilder batch, long nowMillis) {
        batch.add(
                nowMillis,
                message.groupId().map(group -> ByteBuffer.wrap(group.getBytes(UTF_8))).orElse(null),
                ByteBuffer.wrap(message.body().getBytes(UTF_8)),
                headers());
    }

    private List<Header> headers() {
        var headers = new ArrayList<Header>();
        if (notBeforeMillis > 0) {
            headers.add(
                    new Header(
                            Envelope.HEADER,
                            EnvelopeWriter.write(
                                    0, -1, notBeforeMillis, "", List.of(queueName), null, null)));
        }
        headers.add(text(HeaderNames.MESSAGE_ID, id.toString()));
        headers.add(text(HeaderNames.SENDER_ID, senderId));
        deduplicationId.ifPresent(
                text -> headers.add(text(HeaderNames.DEDUPLICATION_ID, text)));
        once.ifPresent(key -> headers.add(new Header(Once.HEADER, bytes(key))));
        if (message.systemAttributes().get("AWSTraceHeader")
                instanceof MessageAttribute.Text(var _, var value)) {
            headers.add(text(HeaderNames.TRACE, value));
        }
        if (!message.attributes().isEmpty()) {
            headers.add(text(HeaderNames.TYPES, types()));
            message.attributes().forEach((name, value) -> headers.add(header(name, value)));
        }
        return headers;
    }

    private String types() {
        var types = new StringBuilder();
        message.attributes()
                .forEach(
                        (name, value) ->
                                types.append(types.isEmpty() ? "" : "\0")
                                        .append(name)
                                        .append('\0')
                                        .append(value.dataType()));
        return types.toString();
    }

    private static Header header(String name, MessageAttribute attribute) {
        return switch (attribute) {
            case MessageAttribute.Text(var _, var value) -> text(name, value);
            case MessageAttribute.Binary(var _, var value) -> new Header(name, value.duplicate());
        };
    }

    private static Header text(String name, String value) {
        return new Header(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
    }

    private static ByteBuffer bytes(Once once) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(once.keyHigh())
                .putLong(once.keyLow())
                .putLong(once.id().getMostSignificantBits())
                .putLong(once.id().getLeastSignificantBits())
                .flip();
    }
}
