package io.sluice.simulation.queue;

import io.sluice.broker.queue.QueuePart;
import io.sluice.simulation.InvariantBroken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue as its clients know it.
final class ModelQueue {
    final String name;

    /// Which of a message's copies, one per queue, this queue has.
    final int index;

    final Map<String, String> arguments;
    final boolean priorities;
    final List<SimulatedConsumer> consumers = new ArrayList<>();

    /// Who holds which offset now.
    final Map<Long, SimulatedConsumer> held = new HashMap<>();

    /// What a consumer found broken.
    @Nullable InvariantBroken broken;

    /// Null until it was declared.
    @Nullable QueuePart part;

    /// The newest offset that was handed out for the first time, in this life of the broker.
    long newest = -1;

    ModelQueue(String name, int index, Map<String, String> arguments) {
        this.name = name;
        this.index = index;
        this.arguments = arguments;
        this.priorities = arguments.containsKey("x-max-priority");
    }

    /// The id of a message that was found in the queue, or came from there: what its body says, or, where one body is in several queues, that and the queue's
    /// index.
    long idOf(long body) {
        return body < 0 ? index - body : body;
    }

    /// Throws what was found broken.
    void check() {
        if (broken != null) {
            throw broken;
        }
    }

    QueuePart part() {
        var is = part;
        assert is != null : "the queue was declared";
        return is;
    }

    /// The broker died, and with it every connection.
    void connectionsLost() {
        check();
        consumers.forEach(SimulatedConsumer::lost);
        consumers.clear();
        held.clear();
        newest = -1;
    }
}
