package io.sluice.broker.message;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;

/// Where a message was when it died, and what it had been through.
///
/// @param topic the name of the topic that it was a record of; empty: not known
/// @param partition -1 when it was never stored, as `offset` is
/// @param history its tries
public record Circumstances(String topic, int partition, long offset, FailureHistory history) {
    /// Of a message that was refused at the door of a queue.
    public static Circumstances ofUnstored(Catalog catalog, Queue queue) {
        var topic = catalog.topic(queue.topic()).map(Topic::name).orElse("");
        return new Circumstances(topic, -1, -1, FailureHistory.NONE);
    }
}
