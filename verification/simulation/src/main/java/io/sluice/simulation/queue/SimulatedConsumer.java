package io.sluice.simulation.queue;

import io.sluice.broker.Broker;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.RecordBatch;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Told;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Somebody who consumes from one queue and settles as chance has it.
final class SimulatedConsumer implements Consumer.Sink {
    private final Broker broker;
    private final ModelQueue queue;
    private final Map<Long, ModelMessage> messages;
    private final long id;
    private final long owner;
    private final TreeMap<Long, ModelMessage> mine = new TreeMap<>();
    private boolean lost;

    SimulatedConsumer(
            Broker broker, ModelQueue queue, Map<Long, ModelMessage> messages, int prefetch) {
        this.broker = broker;
        this.queue = queue;
        this.messages = messages;
        this.id = broker.queues().nextConsumerId();
        this.owner = broker.queues().nextConsumerId();
        broker.queues()
                .subscribe(
                        queue.part(),
                        new Consumer(id, owner, "c" + id, 0, false, false, prefetch, 1 << 20, this),
                        new Told<>(_ -> {}, _ -> {}));
    }

    /// What it finds broken is for the world to throw: the shard that delivers takes an exception for its own failure.
    @Override
    public void delivered(Delivery delivery) {
        if (lost) {
            return;
        }
        try {
            take(delivery);
        } catch (InvariantBroken broken) {
            queue.broken = broken;
        }
    }

    private void take(Delivery delivery) {
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        while (records.next() && records.offset() <= delivery.lastOffset()) {
            var value = records.value();
            assert value != null : "every message has a body";
            got(records.offset(), queue.idOf(value.getLong(0)), delivery.returned());
        }
        broker.queues().credit(queue.part(), id, delivery.bytes());
    }

    private void got(long offset, long messageId, int returned) {
        var message = messages.get(messageId);
        if (message == null) {
            throw new InvariantBroken("OnlyWhatWasPublishedIsDelivered", "message " + messageId);
        }
        if (queue.held.put(offset, this) != null) {
            throw new InvariantBroken("OneHolderPerMessage", message + " at " + offset);
        }
        if (message.settledForGood) {
            throw new InvariantBroken("AcknowledgementsAreFinal", message.toString());
        }
        if (returned == 0 && !queue.priorities) {
            if (offset < queue.newest && !message.outOfOrder) {
                throw new InvariantBroken(
                        "OrderIsKeptForWhatWasNeverReturned",
                        message + " at " + offset + " after " + queue.newest);
            }
            queue.newest = Math.max(queue.newest, offset);
        }
        mine.put(offset, message);
    }

    @Override
    public void cancelled(QueuePart part, long consumer) {}

    /// Settles one of its messages, or some.
    void settle(RandomGenerator random) {
        if (mine.isEmpty()) {
            return;
        }
        long from = mine.firstKey() + random.nextLong(1 + mine.lastKey() - mine.firstKey());
        long to = from + random.nextInt(3);
        var some = Map.copyOf(mine.subMap(from, true, to, true));
        if (some.isEmpty()) {
            return;
        }
        some.keySet().forEach(queue.held::remove);
        some.values().forEach(message -> message.outOfOrder = true);
        mine.keySet().removeAll(some.keySet());
        var ranges = new long[] {from, to};
        switch (random.nextInt(8)) {
            case 0 -> settle(ranges, Settlement.RETURNED);
            case 1 -> settle(ranges, Settlement.UNTOUCHED);
            case 2 -> settle(ranges, Settlement.REJECTED);
            case 3 -> settle(ranges, new Settlement.Released(true, 1 + random.nextInt(2_000)));
            case 4, 5 -> {
                some.values().forEach(message -> message.accepted = true);
                broker.queues()
                        .settle(
                                queue.part(),
                                new Settlement(owner, ranges, Settlement.ACCEPTED),
                                new Told<>(
                                        _ -> {
                                            if (!lost) {
                                                some.values()
                                                        .forEach(
                                                                message ->
                                                                        message.settledForGood =
                                                                                true);
                                            }
                                        },
                                        _ -> {}));
            }
            default -> {
                some.values().forEach(message -> message.accepted = true);
                settle(ranges, Settlement.ACCEPTED);
            }
        }
    }

    private void settle(long[] ranges, Settlement.Outcome outcome) {
        broker.queues().settle(queue.part(), new Settlement(owner, ranges, outcome));
    }

    /// Ends its connection: what it holds goes back.
    void leave() {
        lost = true;
        mine.keySet().forEach(queue.held::remove);
        mine.values().forEach(message -> message.outOfOrder = true);
        mine.clear();
        broker.queues().cancel(queue.part(), id, new Told<>(_ -> {}, _ -> {}));
        broker.queues().release(queue.part(), owner);
    }

    /// The broker is gone.
    void lost() {
        lost = true;
    }
}
