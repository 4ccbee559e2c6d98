package io.sluice.simulation.queue;

import io.sluice.simulation.InvariantBroken;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Every message that anybody has published, by its id. One that goes to all queues has an id for each.
final class ModelMessages {
    private final Map<Long, ModelMessage> byId = new HashMap<>();
    private long nextId = 1;

    /// What the next message will have.
    long nextId() {
        return nextId;
    }

    /// @param key 0: it has none, or the queue does not care
    ModelMessage publish(ModelQueue queue, int key, boolean delayed) {
        var message = new ModelMessage(nextId++, queue, key);
        message.outOfOrder = delayed;
        byId.put(message.id, message);
        return message;
    }

    /// The message that somebody was handed.
    ///
    /// @param queue where it was, or, for a dead letter, where it says that it died
    ModelMessage published(long id, ModelQueue queue) {
        var message = byId.get(id);
        if (message == null || message.queue != queue) {
            throw new InvariantBroken(
                    "OnlyWhatWasPublishedIsDelivered",
                    (message == null ? "message " + id : message) + " from " + queue.name);
        }
        return message;
    }

    Collection<ModelMessage> all() {
        return Collections.unmodifiableCollection(byId.values());
    }
}
