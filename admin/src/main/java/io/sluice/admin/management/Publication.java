package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Messages.Made;
import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Router;
import io.sluice.broker.security.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One message on its way from this API into queues.
final class Publication {
    private final ManagementServices services;

    Publication(ManagementServices services) {
        this.services = services;
    }

    CompletableFuture<Answer> publish(User user, String vhost, String exchangeName, Body body) {
        var properties = body.requiredValue("properties");
        var draft =
                new Messages.Draft(
                        user,
                        exchange(vhost, exchangeName),
                        body.required("routing_key"),
                        properties instanceof JsonObject object ? object : JsonObject.object(),
                        Optional.empty(),
                        payload(body),
                        services.clock().millis());
        return switch (services.messages().make(draft)) {
            case Made.Refused(String reason) ->
                    CompletableFuture.completedFuture(Answer.badRequest(reason));
            case Made.Message message ->
                    append(route(draft.exchange(), message), message)
                            .thenApply(
                                    routed -> Answer.ok(JsonObject.object().put("routed", routed)));
        };
    }

    private Exchange exchange(String vhost, String name) {
        var exchange =
                services.broker()
                        .catalog()
                        .exchange(vhost, name)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "404 NOT_FOUND - no exchange '%s' in vhost '%s'"
                                                        .formatted(name, vhost)));
        if (exchange.internal()) {
            throw refused(
                    "403 ACCESS_REFUSED - cannot publish to internal exchange '%s' in vhost '%s'"
                            .formatted(name, vhost));
        }
        return exchange;
    }

    private static ByteBuffer payload(Body body) {
        var encoding = body.required("payload_encoding");
        var payload = body.required("payload");
        return switch (encoding) {
            case "string" -> ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
            case "base64" -> base64(payload);
            default ->
                    throw new AnsweredException(
                            Answer.badRequest(
                                    Json.texts(List.of("unsupported_encoding", encoding))));
        };
    }

    private static ByteBuffer base64(String payload) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(payload));
        } catch (IllegalArgumentException notBase64) {
            throw new AnsweredException(
                    Answer.badRequest(Json.texts(List.of("not_base64", payload))));
        }
    }

    /// Where it goes: each topic once, as all queues over a topic see what comes to it.
    private List<PartitionId> route(Exchange exchange, Made.Message message) {
        return Router.route(
                        services.broker().catalog(),
                        exchange,
                        message.routingKeys(),
                        message::headers)
                .stream()
                .map(Queue::topic)
                .distinct()
                .map(topic -> new PartitionId(topic, 0))
                .toList();
    }

    /// True when at least one has taken it.
    private CompletableFuture<Boolean> append(List<PartitionId> targets, Made.Message message) {
        return services.asks()
                .each(targets, target -> append(target, message))
                .thenApply(taken -> taken.contains(true));
    }

    private CompletableFuture<Boolean> append(PartitionId target, Made.Message message) {
        var append =
                new Append(
                        target,
                        Buffer.unpooled(copy(message.batch())),
                        Append.ANYWHERE,
                        message.lax(),
                        message.delayed());
        return services.asks()
                .<Append.Appended>ask(reply -> services.broker().append(append, reply))
                .thenApply(_ -> true)
                .exceptionally(Publication::isFull);
    }

    /// A full queue does not take it, which is no mistake.
    private static boolean isFull(Throwable failure) {
        if (Asks.refusal(failure) instanceof BrokerError.QueueFull) {
            return false;
        }
        throw new CompletionException(failure);
    }

    /// The broker writes into a batch: each target gets one of its own.
    private static ByteBuffer copy(ByteBuffer batch) {
        return ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
    }

    private static AnsweredException refused(String reason) {
        return new AnsweredException(Answer.badRequest(reason));
    }
}
