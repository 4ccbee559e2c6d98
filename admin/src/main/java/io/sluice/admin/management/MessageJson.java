package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Stored messages as this API shows them.
final class MessageJson {
    private static final byte[] HEADER = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);

    private final Messages messages;
    private final boolean base64;
    private final int bytesMax;

    /// @param base64 payloads in base64 also when they are text
    /// @param bytesMax what is shown of a payload
    MessageJson(Messages messages, boolean base64, int bytesMax) {
        this.messages = messages;
        this.base64 = base64;
        this.bytesMax = bytesMax;
    }

    JsonObject json(Got got) {
        var delivery = got.delivery();
        var record = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        var found = record.next();
        assert found : "a delivery has a record";
        var value = record.value();
        var payload = value == null ? ByteBuffer.allocate(0) : value;
        var json =
                JsonObject.object()
                        .put("payload_bytes", payload.remaining())
                        .put("redelivered", delivery.returned() > 0);
        var envelope = record.header(HEADER);
        if (envelope == null) {
            json.put("exchange", "").put("routing_key", "");
        } else {
            var known = Envelope.of(envelope);
            var keys = known.routingKeys();
            json.put("exchange", known.exchange())
                    .put("routing_key", keys.isEmpty() ? "" : keys.getFirst());
        }
        json.put("message_count", got.readyLeft());
        var properties = messages.properties(record, delivery.returned());
        // RabbitMQ shows no properties as an empty list.
        json.put("properties", properties.isEmpty() ? Json.Array.EMPTY : properties);
        return payload(payload, json);
    }

    private JsonObject payload(ByteBuffer whole, JsonObject json) {
        var shown = whole.slice(0, Math.min(bytesMax, whole.remaining()));
        if (!base64) {
            try {
                var text = StandardCharsets.UTF_8.newDecoder().decode(shown.duplicate()).toString();
                return json.put("payload", text).put("payload_encoding", "string");
            } catch (CharacterCodingException binary) {
                // Shown as any bytes.
            }
        }
        var bytes = new byte[shown.remaining()];
        shown.get(bytes);
        return json.put("payload", Base64.getEncoder().encodeToString(bytes))
                .put("payload_encoding", "base64");
    }
}
