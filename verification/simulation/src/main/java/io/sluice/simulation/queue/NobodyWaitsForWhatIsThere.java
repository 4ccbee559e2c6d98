package io.sluice.simulation.queue;

import io.sluice.broker.queue.QueueStatus;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Answer;
import io.sluice.simulation.broker.BrokerProcess;

/// Once nothing goes wrong any more and some time has passed, a queue has no ready message while one of its consumers has room. Of queues whose messages wait
/// for nothing but a consumer: not for others of their key, nor for a breaker.
final class NobodyWaitsForWhatIsThere {
    private NobodyWaitsForWhatIsThere() {}

    static void check(BrokerProcess process, ModelQueues queues) {
        for (var queue : queues.published()) {
            boolean isOnlyForConsumers = !queue.hasKeys() && queue != queues.breaking();
            if (isOnlyForConsumers
                    && queue.consumers.stream().anyMatch(SimulatedConsumer::hasRoom)) {
                check(process, queue);
            }
        }
    }

    private static void check(BrokerProcess process, ModelQueue queue) {
        var answer = new Answer<QueueStatus>();
        process.broker().queues().status(queue.part(), answer);
        process.turnUntil(() -> !answer.isOpen());
        var status = answer.value();
        if (status == null || status.ready() > 0) {
            throw new InvariantBroken(
                    "NobodyWaitsForWhatIsThere",
                    queue.name
                            + " has a consumer with room, and "
                            + (status == null ? answer.error() : status));
        }
    }
}
