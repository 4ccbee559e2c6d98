package io.sluice.engine.shard;

import io.sluice.broker.Once;
import io.sluice.engine.queue.Remembered;
import org.jspecify.annotations.Nullable;

/// What a queue knows of messages that are to be there once, each change with its fact. Owned by its shard's loop.
final class Deduplication {
    private final HostedQueue queue;

    Deduplication(HostedQueue queue) {
        this.queue = queue;
    }

    /// The message with the same key that was taken not long ago; null when there was none.
    Remembered.@Nullable Entry known(Once once, long nowMillis) {
        return queue.state().remembered().find(once, nowMillis);
    }

    void remember(Once once, long offset, long nowMillis) {
        var entry =
                new Remembered.Entry(once.keyHigh(), once.keyLow(), once.id(), offset, nowMillis);
        queue.state().remembered().add(entry);
        queue.facts().remembered(entry);
    }

    /// It could not be stored.
    void forget(Once once) {
        queue.state().remembered().forget(once.keyHigh(), once.keyLow());
        queue.facts().forgot(once.keyHigh(), once.keyLow());
    }

    void forgetAll() {
        if (queue.state().remembered().size() > 0) {
            queue.state().remembered().forgetBefore(queue.highWatermark());
            queue.facts().forgotBefore(queue.highWatermark());
        }
    }
}
