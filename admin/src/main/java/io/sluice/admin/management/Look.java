package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/// Takes a few messages off a queue, shows them, and then settles all of them in one way: only then, so that none is shown twice. Used
/// once.
final class Look {
    /// What is shown in one answer at most, so that no answer takes all of the memory.
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    /// What a message takes in an answer beside its body, about.
    private static final long BYTES_PER_MESSAGE = 1024;

    private final ManagementServices services;
    private final Asks asks;
    private final Queue queue;
    private final MessageJson json;
    private final Settlement.Outcome outcome;
    private final long owner;
    private final List<JsonObject> shown = new ArrayList<>();
    private long shownBytes;
    private final Map<QueuePart, List<Long>> leased = new HashMap<>();

    Look(ManagementServices services, Queue queue, MessageJson json, Settlement.Outcome outcome) {
        this.services = services;
        this.asks = services.asks();
        this.queue = queue;
        this.json = json;
        this.outcome = outcome;
        this.owner = services.broker().queues().nextConsumerId();
    }

    /// The first messages, `count` or as many as there are; fewer when they are large.
    CompletableFuture<List<JsonObject>> upTo(int count) {
        var parts = Parts.of(services.broker().catalog(), queue);
        return take(parts, 0, count)
                .thenCompose(_ -> settle())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                leased.keySet().forEach(this::giveBack);
                            }
                        });
    }

    private CompletableFuture<Boolean> take(List<QueuePart> parts, int at, int count) {
        if (shown.size() >= count || shownBytes >= BYTES_MAX || at == parts.size()) {
            return CompletableFuture.completedFuture(true);
        }
        return get(parts.get(at))
                .thenCompose(
                        got -> {
                            if (got.isEmpty()) {
                                return take(parts, at + 1, count);
                            }
                            note(parts.get(at), got.get());
                            return take(parts, at, count);
                        });
    }

    private CompletableFuture<Optional<Got>> get(QueuePart part) {
        return asks.ask(reply -> services.broker().queues().get(part, owner, false, reply));
    }

    private void note(QueuePart part, Got got) {
        leased.computeIfAbsent(part, _ -> new ArrayList<>()).add(got.delivery().firstOffset());
        shown.add(json.json(got));
        shownBytes += BYTES_PER_MESSAGE + got.delivery().bytes();
    }

    private CompletableFuture<List<JsonObject>> settle() {
        return asks.each(leased.entrySet(), entry -> settle(entry.getKey(), entry.getValue()))
                .thenApply(_ -> shown);
    }

    private CompletableFuture<Integer> settle(QueuePart part, List<Long> offsets) {
        var ranges = offsets.stream().flatMapToLong(o -> LongStream.of(o, o));
        var settlement = new Settlement(owner, ranges.toArray(), outcome);
        return asks.ask(reply -> services.broker().queues().settle(part, settlement, reply));
    }

    private void giveBack(QueuePart part) {
        services.broker().queues().release(part, owner);
    }
}
