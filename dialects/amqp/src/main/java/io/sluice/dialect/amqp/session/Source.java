package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.QueuePart;
import org.jspecify.annotations.Nullable;

/// Where an unsettled delivery came from.
sealed interface Source {
    /// @param consumption null: it was fetched with `basic.get`
    record OfQueue(QueuePart part, @Nullable QueueConsumption consumption) implements Source {}

    record OfStream(StreamConsumption consumption) implements Source {}
}
