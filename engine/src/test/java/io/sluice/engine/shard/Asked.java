package io.sluice.engine.shard;

import io.sluice.broker.queue.Delivery;
import java.util.List;

/// What one was answered who asked for messages.
record Asked(Answered<List<Delivery>> reply, Runnable cancel) {
    boolean isThere() {
        return reply.isThere();
    }

    List<String> bodies() {
        return reply.value().stream().flatMap(one -> QueueBench.bodies(one).stream()).toList();
    }

    List<Integer> returned() {
        return reply.value().stream().map(Delivery::returned).toList();
    }
}
