package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Messages.Draft;
import io.sluice.admin.management.Messages.Made;
import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.queue.Queue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues/../messages`: looking at what is there without taking it, and publishing one message as the default exchange would.
final class QueueMessagesApi {
    private static final int CREATED = 201;
    private static final int PERSISTENT = 2;

    private final ManagementServices services;
    private final Queues queues;

    QueueMessagesApi(ManagementServices services, Queues queues) {
        this.services = services;
        this.queues = queues;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/queues/{namespace}/{name}/messages")
                        .get(Problem.in(this::peek))
                        .post(Problem.in(this::publish)));
    }

    private CompletableFuture<Answer> peek(Call call) {
        return new Look(services, queues.existing(call))
                .upTo(Look.limit(call), Look.from(call))
                .thenApply(messages -> Answer.ok(JsonObject.object().put("messages", messages)));
    }

    /// Answered when it is durable.
    private CompletableFuture<Answer> publish(Call call) {
        var queue = queues.existing(call);
        return switch (services.messages().make(draft(call, queue))) {
            case Made.Refused(String reason) -> throw Problem.INVALID.ends(reason);
            case Made.Message message -> append(queue, message);
        };
    }

    private Draft draft(Call call, Queue queue) {
        var sent =
                new Sent(call.body().fields())
                        .only(List.of("body", "body_base64", "key", "headers", "properties"));
        var properties = JsonObject.object().put("delivery_mode", PERSISTENT);
        sent.child("properties").ifPresent(properties::putAll);
        sent.child("headers").ifPresent(headers -> properties.put("headers", headers));
        var direct = services.broker().catalog().exchange(queue.namespace(), "").orElseThrow();
        return new Draft(
                call.user(),
                direct,
                queue.name(),
                properties,
                sent.text("key"),
                body(sent),
                services.clock().millis());
    }

    private static ByteBuffer body(Sent sent) {
        var text = sent.text("body");
        var encoded = sent.text("body_base64");
        if (text.isPresent() == encoded.isPresent()) {
            throw Problem.INVALID.ends("a message has either 'body' or 'body_base64'");
        }
        return text.map(body -> ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> decoded(encoded.orElseThrow()));
    }

    private static ByteBuffer decoded(String text) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            throw Problem.INVALID.ends("'body_base64' is not base64");
        }
    }

    /// The broker writes into a batch.
    private static ByteBuffer writable(ByteBuffer batch) {
        return ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
    }

    private CompletableFuture<Answer> append(Queue queue, Made.Message message) {
        var append =
                new Append(
                        queue.part(0).partition(),
                        Buffer.unpooled(writable(message.batch())),
                        Append.ANYWHERE,
                        message.lax(),
                        message.delayed());
        return services.asks()
                .<Append.Appended>ask(reply -> services.broker().append(append, reply))
                .thenApply(
                        appended ->
                                new Answer(
                                        CREATED,
                                        Map.of(),
                                        Optional.<Json>of(
                                                JsonObject.object()
                                                        .put("partition", 0)
                                                        .put("offset", appended.baseOffset()))));
    }
}
