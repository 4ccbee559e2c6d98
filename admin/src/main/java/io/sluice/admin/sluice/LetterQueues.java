package io.sluice.admin.sluice;

import io.sluice.admin.http.Call;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import java.util.concurrent.CompletableFuture;

/// The queue, and the letter in it, that a path speaks of: `queues/{namespace}/{name}/dead-letters/{letter}`.
final class LetterQueues {
    private static final long BYTES_MAX = 1;

    private final ManagementServices services;

    LetterQueues(ManagementServices services) {
        this.services = services;
    }

    Queue queue(Call call) {
        var namespace = call.variable("namespace");
        var name = call.variable("name");
        return services.broker()
                .catalog()
                .queue(namespace, name)
                .orElseThrow(
                        () ->
                                Problem.NOT_FOUND.ends(
                                        "no queue '%s' in namespace '%s'"
                                                .formatted(name, namespace)));
    }

    LetterId id(Call call) {
        return LetterId.of(call.variable("letter")).orElseThrow(() -> missing(call));
    }

    QueuePart part(Call call) {
        var parts = Parts.of(services.broker().catalog(), queue(call));
        var id = id(call);
        if (id.partition() >= parts.size()) {
            throw missing(call);
        }
        return parts.get(id.partition());
    }

    /// Fails where there is no such letter.
    CompletableFuture<Letter> letter(Call call) {
        var part = part(call);
        var offset = id(call).offset();
        var peek = new Peek(offset, 1, BYTES_MAX);
        return services.asks()
                .<Peeked>ask(reply -> services.broker().queues().peek(part, peek, reply))
                .thenApply(
                        peeked ->
                                peeked.messages().stream()
                                        .filter(seen -> seen.offset() == offset)
                                        .findFirst()
                                        .map(seen -> Letter.of(part, seen))
                                        .orElseThrow(() -> missing(call)));
    }

    RuntimeException missing(Call call) {
        return Problem.NOT_FOUND.ends(
                "no message '%s' in queue '%s'"
                        .formatted(call.variable("letter"), call.variable("name")));
    }
}
