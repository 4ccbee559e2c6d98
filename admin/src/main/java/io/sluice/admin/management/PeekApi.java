package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Peeked.Seen;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/messages?queue=..`: what a queue holds, shown to people without anything of it changing.
final class PeekApi {
    private static final int COUNT = 10;
    private static final int COUNT_MAX = 1_000;

    /// What is shown in one answer at most, of bodies.
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private final ManagementServices services;

    PeekApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(Resource.at("sluice/messages").get(this::peek));
    }

    private CompletableFuture<Answer> peek(Call call) {
        var name =
                call.query()
                        .text("queue")
                        .orElseThrow(() -> badRequest("the parameter queue is missing"));
        var namespace = namespace(call);
        int count = (int) number(call, "count", COUNT, 1, COUNT_MAX);
        long from = number(call, "from", 0, 0, Long.MAX_VALUE);
        var queue = services.broker().catalog().queue(namespace, name);
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.notFound("no queue '%s' in '%s'".formatted(name, namespace)));
        }
        return peek(
                queue.get(),
                Parts.of(services.broker().catalog(), queue.get()),
                new Peek(from, count, BYTES_MAX),
                new ArrayList<>());
    }

    /// Part by part, each only for what the ones before have left to show.
    private CompletableFuture<Answer> peek(
            Queue queue, List<QueuePart> parts, Peek peek, List<Peeked> seen) {
        if (seen.size() == parts.size()) {
            return CompletableFuture.completedFuture(Answer.ok(json(queue, seen, peek)));
        }
        var part = parts.get(seen.size());
        return services.asks()
                .<Peeked>ask(reply -> services.broker().queues().peek(part, peek, reply))
                .thenCompose(
                        peeked -> {
                            seen.add(peeked);
                            return peek(queue, parts, peek, seen);
                        });
    }

    private JsonObject json(Queue queue, List<Peeked> seen, Peek peek) {
        var messages = new ArrayList<JsonObject>();
        for (int part = 0; part < seen.size(); part++) {
            for (var message : seen.get(part).messages()) {
                if (messages.size() < peek.messagesMax()) {
                    messages.add(json(queue, part, message));
                }
            }
        }
        return JsonObject.object()
                .put("queue", queue.name())
                .put("vhost", queue.namespace())
                .put("visible", seen.stream().mapToLong(it -> it.status().ready()).sum())
                .put("in_flight", seen.stream().mapToLong(it -> it.status().leased()).sum())
                .put("delayed", seen.stream().mapToLong(it -> it.status().delayed()).sum())
                .put("messages", messages);
    }

    private JsonObject json(Queue queue, int part, Seen seen) {
        var record = RecordBatch.view(seen.batch(), 0).recordsFrom(seen.at());
        var found = record.next();
        assert found : "what was seen has a record";
        var json =
                JsonObject.object()
                        .put("state", word(seen.state()))
                        .put("partition", part)
                        .put("offset", seen.offset())
                        .put("receive_count", seen.handedOut());
        if (seen.untilMillis() > 0) {
            json.put("until", seen.untilMillis());
        }
        json.putAll(services.sqs().message(queue.part(part), record));
        var value = record.value();
        var body = value == null ? ByteBuffer.allocate(0) : value;
        var text = PayloadJson.text(body);
        return json.put("body", text.orElseGet(() -> PayloadJson.base64(body)))
                .put("body_encoding", text.isPresent() ? "text" : "base64");
    }

    private static String word(Peeked.State state) {
        return switch (state) {
            case READY -> "visible";
            case LEASED -> "in_flight";
            case DELAYED -> "delayed";
        };
    }

    /// By the name that either protocol has for it.
    private String namespace(Call call) {
        return call.query()
                .text("vhost")
                .or(() -> call.query().text("account").map(services.sqs()::namespace))
                .orElse(Queue.DEFAULT_NAMESPACE);
    }

    private static long number(Call call, String name, long fallback, long min, long max) {
        var text = call.query().text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // As wrong as one that is too large.
        }
        throw badRequest("%s is a whole number from %d to %d".formatted(name, min, max));
    }

    private static AnsweredException badRequest(String reason) {
        return new AnsweredException(Answer.badRequest(reason));
    }
}
