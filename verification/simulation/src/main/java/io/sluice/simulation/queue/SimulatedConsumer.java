package io.sluice.simulation.queue;

import io.sluice.broker.Broker;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.RecordBatch;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Told;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Somebody who consumes from one queue and settles as chance has it.
final class SimulatedConsumer implements Consumer.Sink {
    private final Broker broker;
    private final ModelQueue queue;
    private final ModelMessages messages;
    private final long id;
    private final long owner;
    private final LongSupplier now;
    private final int prefetch;
    private final TreeMap<Long, ModelMessage> mine = new TreeMap<>();
    private boolean subscribed;
    private boolean lost;

    SimulatedConsumer(
            Broker broker,
            ModelQueue queue,
            ModelMessages messages,
            LongSupplier now,
            int prefetch) {
        this.broker = broker;
        this.queue = queue;
        this.messages = messages;
        this.now = now;
        this.prefetch = prefetch;
        this.id = broker.queues().nextConsumerId();
        this.owner = broker.queues().nextConsumerId();
        broker.queues()
                .subscribe(
                        queue.part(),
                        new Consumer(id, owner, "c" + id, 0, false, false, prefetch, 1 << 20, this),
                        new Told<>(_ -> subscribed = true, _ -> {}));
    }

    /// Whether it is to be given another message.
    boolean hasRoom() {
        return subscribed && !lost && (prefetch == 0 || mine.size() < prefetch);
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
        var message = messages.published(messageId, queue);
        long at = now.getAsLong();
        queue.handed(
                offset,
                new Hold(this, message, Hold.WHILE_CONNECTED),
                returned,
                queue.asked(at),
                at);
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
        some.keySet().forEach(this::letGo);
        some.values().forEach(message -> message.outOfOrder = true);
        mine.keySet().removeAll(some.keySet());
        var ranges = new long[] {from, to};
        switch (random.nextInt(8)) {
            case 0 -> settle(ranges, Settlement.RETURNED);
            case 1 -> settle(ranges, Settlement.UNTOUCHED);
            case 2 -> {
                some.values().forEach(message -> message.rejected = true);
                settle(ranges, Settlement.REJECTED);
            }
            case 3 -> {
                some.values().forEach(message -> message.mayWait = true);
                settle(
                        ranges,
                        new Settlement.Released(true, 1 + random.nextInt(2_000), Failure.UNSAID));
            }
            case 4, 5 -> {
                some.values().forEach(message -> message.accepted++);
                broker.queues()
                        .settle(
                                queue.part(),
                                new Settlement(owner, ranges, Settlement.ACCEPTED),
                                new Told<>(
                                        count -> {
                                            // Somebody may have shown a receipt and taken some.
                                            if (!lost && count == some.size()) {
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
                some.values().forEach(message -> message.accepted++);
                settle(ranges, Settlement.ACCEPTED);
            }
        }
    }

    /// Somebody may have shown a receipt for it and have it by now.
    private void letGo(long offset) {
        var hold = queue.held.get(offset);
        if (hold != null && hold.holder == this) {
            queue.held.remove(offset);
        }
    }

    private void settle(long[] ranges, Settlement.Outcome outcome) {
        broker.queues().settle(queue.part(), new Settlement(owner, ranges, outcome));
    }

    /// Ends its connection: what it holds goes back.
    void leave() {
        lost = true;
        mine.keySet().forEach(this::letGo);
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
