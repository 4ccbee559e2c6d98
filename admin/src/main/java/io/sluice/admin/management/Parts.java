package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import java.util.List;
import java.util.stream.IntStream;

/// The parts of a queue: one per partition of its topic.
public final class Parts {
    private Parts() {}

    /// None when the topic has gone.
    public static List<QueuePart> of(Catalog catalog, Queue queue) {
        int partitions = catalog.topic(queue.topic()).map(topic -> topic.partitions()).orElse(0);
        return IntStream.range(0, partitions).mapToObj(queue::part).toList();
    }
}
