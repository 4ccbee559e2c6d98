package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Stored messages as this API shows them.
final class MessageJson {
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
        var view = messages.view(record);
        var json =
                JsonObject.object()
                        .put("payload_bytes", payload.remaining())
                        .put("redelivered", delivery.returned() > 0)
                        .put("exchange", view.exchange())
                        .put("routing_key", view.routingKey())
                        .put("message_count", got.readyLeft())
                        // RabbitMQ shows no properties as an empty list.
                        .put(
                                "properties",
                                view.properties().isEmpty() ? Json.Array.EMPTY : view.properties());
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
