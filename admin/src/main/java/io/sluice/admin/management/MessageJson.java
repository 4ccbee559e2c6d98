package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Optional;

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
                        .put("redelivered", delivery.redelivered())
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
        var text = base64 ? Optional.<String>empty() : PayloadJson.text(shown);
        return json.put("payload", text.orElseGet(() -> PayloadJson.base64(shown)))
                .put("payload_encoding", text.isPresent() ? "string" : "base64");
    }
}
