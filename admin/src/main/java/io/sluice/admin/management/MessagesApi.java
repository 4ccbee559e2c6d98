package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/queues/../get` and `/api/exchanges/../publish`: single messages, for people who look and try.
final class MessagesApi {
    private final ManagementServices services;

    MessagesApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("queues/{vhost}/{name}/get").post(this::get),
                Resource.at("exchanges/{vhost}/{name}/publish").post(this::publish));
    }

    private CompletableFuture<Answer> get(Call call) {
        var body = call.body();
        var outcome = outcome(body.required("ackmode"));
        var count = Math.clamp(body.requiredNumber("count"), 0, Integer.MAX_VALUE);
        var base64 = isBase64(body.required("encoding"));
        var truncate =
                body.fields().has("truncate")
                        ? Math.clamp(body.requiredNumber("truncate"), 0, Integer.MAX_VALUE)
                        : Integer.MAX_VALUE;
        var name = call.variable("name");
        var queue = services.broker().catalog().queue(call.vhost(), name);
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.notFound(
                            "NOT_FOUND - no queue '%s' in vhost '%s'"
                                    .formatted(name, call.vhost())));
        }
        var json = new MessageJson(services.messages(), base64, truncate);
        var look = new Look(services, queue.get(), json, outcome);
        return look.upTo(count).thenApply(messages -> Answer.ok(messages));
    }

    private CompletableFuture<Answer> publish(Call call) {
        return new Publication(services)
                .publish(
                        call.user(),
                        call.vhost(),
                        Names.exchange(call.variable("name")),
                        call.body());
    }

    private static Settlement.Outcome outcome(String ackMode) {
        return switch (ackMode) {
            case "ack_requeue_true", "reject_requeue_true" -> Settlement.RETURNED;
            case "ack_requeue_false" -> Settlement.ACCEPTED;
            case "reject_requeue_false" -> Settlement.REJECTED;
            default -> throw new AnsweredException(Answer.badRequest("unknown ackmode " + ackMode));
        };
    }

    private static boolean isBase64(String encoding) {
        return switch (encoding) {
            case "auto" -> false;
            case "base64" -> true;
            default ->
                    throw new AnsweredException(
                            Answer.badRequest("Unsupported encoding. Please use auto or base64."));
        };
    }
}
