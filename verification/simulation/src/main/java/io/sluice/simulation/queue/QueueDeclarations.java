package io.sluice.simulation.queue;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Answer;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.ProcessEnded;
import java.util.Optional;
import java.util.UUID;

/// Sees to it that a process of the broker has all queues: declares those that were not there yet, and expects those that were.
final class QueueDeclarations {
    private final Surroundings surroundings;
    private final ModelQueues queues;

    QueueDeclarations(Surroundings surroundings, ModelQueues queues) {
        this.surroundings = surroundings;
        this.queues = queues;
    }

    void declareAll(BrokerProcess process) {
        declare(process, queues.dead());
        declare(process, queues.moved());
        queues.published().forEach(queue -> declare(process, queue));
    }

    private void declare(BrokerProcess process, ModelQueue queue) {
        var found = find(process, queue);
        if (found.isEmpty()) {
            if (queue.part != null) {
                throw new InvariantBroken("NoDeclaredQueueIsLost", queue.name);
            }
            var answer = new Answer<Catalog>();
            process.broker().change(new CatalogChange.DeclareQueue(described(queue)), answer);
            process.turnUntil(() -> !answer.isOpen());
            found = find(process, queue);
        }
        if (found.isEmpty()) {
            throw new ProcessEnded();
        }
        var part = found.get().part(0);
        if (queue.part != null && !part.equals(queue.part)) {
            throw new InvariantBroken("NoDeclaredQueueIsLost", queue.name + " is another one");
        }
        queue.part = part;
    }

    private static Optional<Queue> find(BrokerProcess process, ModelQueue queue) {
        return process.broker().catalog().queue(Queue.DEFAULT_NAMESPACE, queue.name);
    }

    private Queue described(ModelQueue queue) {
        return new Queue(
                id(),
                Queue.DEFAULT_NAMESPACE,
                queue.name,
                id(),
                true,
                true,
                false,
                false,
                queue.arguments,
                surroundings.clock().millis());
    }

    private UUID id() {
        return new UUID(surroundings.random().nextLong(), surroundings.random().nextLong());
    }
}
