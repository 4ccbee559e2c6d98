package io.sluice.engine.shard;

import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.List;

/// Somebody who consumes.
final class Client implements Consumer.Sink {
    final List<Delivery> deliveries = new ArrayList<>();
    final QueuePart queue;
    private final Bench bench;
    Answered<QueueStatus> subscribed = new Answered<>();
    long id;
    long owner;
    boolean cancelled;

    Client(Bench bench, QueuePart queue) {
        this.bench = bench;
        this.queue = queue;
    }

    @Override
    public void delivered(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void cancelled(QueuePart part, long consumer) {
        cancelled = true;
    }

    /// All that has come so far.
    List<String> bodies() {
        var bodies = new ArrayList<String>();
        deliveries.forEach(delivery -> bodies.addAll(QueueBench.bodies(delivery)));
        return bodies;
    }

    void settle(Settlement.Outcome outcome, long... offsets) {
        var ranges = new long[2 * offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            ranges[2 * i] = offsets[i];
            ranges[2 * i + 1] = offsets[i];
        }
        bench.broker.queues().settle(queue, new Settlement(owner, ranges, outcome));
        bench.quiet();
    }

    void release() {
        bench.broker.queues().release(queue, owner);
        bench.quiet();
    }

    boolean cancel() {
        var reply = new Answered<Boolean>();
        bench.broker.queues().cancel(queue, id, reply);
        bench.quiet();
        return reply.value();
    }
}
