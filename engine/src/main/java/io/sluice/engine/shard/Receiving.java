package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Order;
import io.sluice.engine.shard.Receivers.Waiting;
import java.util.List;

/// Hands messages to those who ask once. Owned by its shard's loop.
///
/// On a queue that is ordered by key nobody hears of a lease before it is durable: otherwise a crash could give a key's messages to two at a time.
final class Receiving {
    private Receiving() {}

    /// Answers at once where there is something, or nothing to wait for.
    static void begin(
            Shard shard, HostedQueue queue, Waiting waiting, Reply<List<Delivery>> reply) {
        queue.counts().idleSinceMillis = shard.nowMillis();
        queue.wantedUntilMillis = shard.nowMillis() + HostedQueue.WANTED_MILLIS;
        if (queue.state().leases().size() >= waiting.receive().leasedMax()) {
            reply.refused(
                    new BrokerError.QueueFull(
                            "queue '"
                                    + queue.definition().name()
                                    + "' has "
                                    + queue.state().leases().size()
                                    + " messages in flight"));
            return;
        }
        var got = new QueueDispatch(shard, queue).receive(waiting.receive());
        if (got.isEmpty() && waiting.receive().waitMillis() > 0) {
            queue.receivers().add(shard, waiting);
        } else {
            answer(queue, got, reply);
        }
    }

    static void answer(HostedQueue queue, List<Delivery> got, Reply<List<Delivery>> reply) {
        if (got.isEmpty() || queue.settings().order() != Order.KEY) {
            reply.done(got);
            return;
        }
        queue.whenDurable(
                refused -> {
                    if (refused == null) {
                        reply.done(got);
                    } else {
                        reply.refused(refused);
                    }
                });
    }
}
