package io.sluice.dialect.amqp.session;

import io.sluice.broker.PartitionStatus;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.QueueType;
import java.util.function.Consumer;

/// How much a queue holds, over all its parts.
final class QueueCounting {
    private final AmqpChannel channel;

    QueueCounting(AmqpChannel channel) {
        this.channel = channel;
    }

    record Counts(long ready, long consumers) {}

    /// Calls `use` with the numbers, what this channel did before included.
    void count(Queue queue, Consumer<Counts> use) {
        channel.afterOwnWork(
                () -> {
                    if (QueueType.of(queue) == QueueType.STREAM) {
                        countStream(queue, use);
                    } else {
                        count(queue, 0, new Counts(0, 0), use);
                    }
                });
    }

    private void count(Queue queue, int index, Counts soFar, Consumer<Counts> use) {
        if (index == QueueNames.parts(queue, channel)) {
            use.accept(soFar);
            return;
        }
        channel.<QueueStatus>ask(
                reply -> channel.services().broker().queues().status(queue.part(index), reply),
                status ->
                        count(
                                queue,
                                index + 1,
                                new Counts(
                                        soFar.ready + status.ready(),
                                        index == 0 ? status.consumers().size() : soFar.consumers),
                                use),
                error -> channel.fail(BrokerFaults.of(error, QueueNames.described(queue))));
    }

    private void countStream(Queue queue, Consumer<Counts> use) {
        channel.<PartitionStatus>ask(
                reply -> channel.services().broker().status(queue.part(0).partition(), reply),
                status -> use.accept(new Counts(status.highWatermark() - status.startOffset(), 0)),
                error -> channel.fail(BrokerFaults.of(error, QueueNames.described(queue))));
    }
}
