package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Receive;
import io.sluice.engine.shard.Receivers.Waiting;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands messages to those who ask once. Owned by its shard's loop.
///
/// A lease is written in the turn that gives it, and nobody hears of it before that: what is in flight stays so when the process is killed. On a queue that is ordered by key
/// nobody hears of one before it is durable, as a crash of the machine could otherwise give a key's messages to two at a time, and nobody gets one that cannot be written. On
/// others a full disk keeps nobody from receiving: at worst messages come twice.
final class Receiving {
    private Receiving() {}

    /// Answers at once where there is something, or nothing to wait for.
    static void begin(
            Shard shard, HostedQueue queue, Waiting waiting, Reply<List<Delivery>> reply) {
        if (waiting.ended() || shard.isStopping()) {
            reply.done(List.of());
            return;
        }
        queue.counts().idleSinceMillis = shard.nowMillis();
        queue.arrivals().wanted(shard.nowMillis());
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
        if (!queue.receivers().isEmpty() && waiting.receive().waitMillis() > 0) {
            // Others were first.
            queue.receivers().add(shard, waiting);
            return;
        }
        var got = new QueueDispatch(shard, queue).receive(waiting.receive());
        if (got.isEmpty() && waiting.receive().waitMillis() > 0) {
            queue.receivers().add(shard, waiting);
        } else {
            answer(shard, queue, waiting.receive(), got, reply);
        }
    }

    static void answer(
            Shard shard,
            HostedQueue queue,
            Receive receive,
            List<Delivery> got,
            Reply<List<Delivery>> reply) {
        if (got.isEmpty()) {
            reply.done(got);
            return;
        }
        boolean strict = queue.settings().order() == Order.KEY;
        long endsMillis = shard.nowMillis() + receive.leaseMillis();
        Consumer<@Nullable BrokerError> written =
                refused -> {
                    if (refused != null && strict) {
                        reply.refused(refused);
                    } else if (receive.leaseMillis() > 0 && shard.nowMillis() >= endsMillis) {
                        // It took so long that somebody else may have them by now.
                        reply.done(List.of());
                    } else {
                        reply.done(got);
                    }
                };
        if (strict) {
            queue.journalWaiters().whenDurable(written);
        } else {
            queue.journalWaiters().whenWritten(written);
        }
    }
}
