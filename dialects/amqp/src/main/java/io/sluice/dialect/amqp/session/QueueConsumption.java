package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.RecordBatch;
import io.sluice.dialect.amqp.codec.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// A consumer of a queue. It subscribes to each part of the queue, and gives back credit as what it got leaves.
///
/// A limit that the broker cannot keep (the channel's, or one over several parts) makes it *gated*: then the broker hands it one message at a
/// time, the next when there is room for it, and what still comes too early goes back untouched.
final class QueueConsumption implements Consumption, Consumer.Sink {
    private static final long WINDOW_BYTES = 1L << 20;

    /// So little that one message fills it: the last one may exceed it.
    private static final long GATED_WINDOW_BYTES = 1;

    /// Credit is given back in portions.
    private static final long CREDIT_BYTES_LEAST = WINDOW_BYTES / 8;

    private final AmqpChannel channel;
    private final Queues queues;
    private final Queue queue;
    private final BasicConsume.Wish wish;
    private final Octets tag;
    private final long id;
    private final boolean quorum;
    private final DeliveryWriter writer;
    private final List<Part> parts = new ArrayList<>();
    private final List<Delivery> early = new ArrayList<>();
    private final boolean narrow;
    private boolean widened;
    private boolean started;
    private boolean over;
    private int unsettled;

    /// Partitions that the catalog was seen to have; of the thread that tells of it.
    private int announced;

    private final IntConsumer grown = this::announce;

    /// One part of the queue.
    private static final class Part {
        private final QueuePart id;
        private final Source.OfQueue source;

        /// Bytes that were handed over and not credited.
        private long owed;

        Part(QueuePart id, QueueConsumption consumption) {
            this.id = id;
            this.source = new Source.OfQueue(id, consumption);
        }
    }

    QueueConsumption(AmqpChannel channel, Queue queue, BasicConsume.Wish wish) {
        this.channel = channel;
        this.queues = channel.services().broker().queues();
        this.queue = queue;
        this.wish = wish;
        this.tag = Octets.of(wish.tag());
        this.id = queues.nextConsumerId();
        this.quorum = QueueType.of(queue) == QueueType.QUORUM;
        this.writer = new DeliveryWriter(channel.session(), channel.number());
        for (int i = 0; i < QueueNames.parts(queue, channel); i++) {
            parts.add(new Part(queue.part(i), this));
        }
        this.narrow = isGated();
    }

    @Override
    public String tag() {
        return wish.tag();
    }

    // ---- beginning

    /// Subscribes part by part; the channel is busy until one of the two runs.
    void subscribe(Runnable done, java.util.function.Consumer<BrokerError> refused) {
        subscribe(0, done, refused);
    }

    private void subscribe(
            int index, Runnable done, java.util.function.Consumer<BrokerError> refused) {
        if (index == parts.size()) {
            done.run();
            return;
        }
        var part = parts.get(index);
        channel.touch(part.id);
        channel.<QueueStatus>ask(
                reply -> queues.subscribe(part.id, consumer(), reply),
                _ -> subscribe(index + 1, done, refused),
                error -> {
                    leave();
                    refused.accept(error);
                });
    }

    private Consumer consumer() {
        return new Consumer(
                id,
                channel.owner(),
                wish.tag(),
                wish.priority(),
                wish.exclusive(),
                wish.noAck(),
                wish.noAck() ? 0 : wish.prefetch(),
                narrow ? GATED_WINDOW_BYTES : WINDOW_BYTES,
                this);
    }

    /// The client knows of it: deliveries may follow.
    void start() {
        started = true;
        var waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::write);
        channel.services().growth().watch(queue.topic(), grown);
        // The limit may have changed since it was asked for.
        resume();
        grow(QueueNames.parts(queue, channel));
    }

    /// The topic below may have more partitions than there were: they are consumed too.
    private void grow(int total) {
        while (started && !over && parts.size() < total) {
            var part = new Part(queue.part(parts.size()), this);
            parts.add(part);
            channel.touch(part.id);
            queues.subscribe(
                    part.id, consumer(), new Ask<>(channel.session().inbox(), _ -> {}, _ -> {}));
        }
    }

    private void end() {
        over = true;
        channel.services().growth().forget(grown);
    }

    // ---- deliveries

    @Override
    public void delivered(Delivery delivery) {
        channel.session().inbox().put(new Delivered(delivery));
    }

    @Override
    public void cancelled(QueuePart part, long consumer) {
        channel.session().inbox().put(new Cancelled());
    }

    private void announce(int total) {
        if (total > announced) {
            announced = total;
            channel.session().inbox().put(new Grown(total));
        }
    }

    private final class Grown extends Event {
        private final int total;

        Grown(int total) {
            this.total = total;
        }

        @Override
        void happen() {
            if (channel.isOpen()) {
                grow(total);
            }
        }
    }

    private final class Delivered extends Event {
        private final Delivery delivery;

        Delivered(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        void happen() {
            if (over || !channel.isOpen()) {
                return;
            }
            if (started) {
                write(delivery);
            } else {
                early.add(delivery);
            }
        }
    }

    private final class Cancelled extends Event {
        @Override
        void happen() {
            if (!over && channel.isOpen()) {
                end();
                channel.consumers().cancelled(QueueConsumption.this);
            }
        }
    }

    private void write(Delivery delivery) {
        var part = parts.get(delivery.part().index());
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        boolean redelivered = delivery.redelivered();
        var extra =
                quorum
                        ? new DeliveryWriter.Extra.DeliveryCount(delivery.returned())
                        : DeliveryWriter.Extra.NONE;
        while (records.next() && records.offset() <= delivery.lastOffset()) {
            long offset = records.offset();
            if (!wish.noAck()) {
                if (!hasRoom()) {
                    channel.settlements()
                            .add(part.id, Settlement.UNTOUCHED, offset, delivery.lastOffset());
                    channel.workToFinish();
                    break;
                }
                unsettled++;
                channel.consumers().delivered();
            }
            long deliveryTag = channel.nextTag();
            writer.deliver(records, tag, deliveryTag, redelivered, extra);
            channel.counts().delivered++;
            if (!wish.noAck()) {
                channel.unsettled().add(deliveryTag, part.source, offset);
            }
        }
        part.owed += delivery.bytes();
        credit(part);
    }

    private boolean isGated() {
        return !wish.noAck()
                && (channel.consumers().prefetchGlobal() > 0
                        || (parts.size() > 1 && wish.prefetch() > 0));
    }

    private boolean hasRoom() {
        return channel.consumers().hasRoom()
                && (parts.size() == 1 || wish.prefetch() == 0 || unsettled < wish.prefetch());
    }

    /// One of its deliveries is settled.
    void settled() {
        unsettled--;
    }

    // ---- credit

    @Override
    public void credit() {
        parts.forEach(this::credit);
    }

    private void credit(Part part) {
        boolean oneByOne = isGated() || (narrow && !widened);
        boolean due = oneByOne ? hasRoom() : part.owed >= CREDIT_BYTES_LEAST;
        if (oneByOne && !due && part.owed > 0) {
            channel.consumers().waitForRoom(this);
        }
        if (part.owed > 0 && due && !over && channel.session().connection().isWritable()) {
            queues.credit(part.id, id, part.owed);
            part.owed = 0;
        }
    }

    @Override
    public void resume() {
        if (!started || over) {
            return;
        }
        boolean widens = narrow && !widened && !isGated();
        // The limit was taken away.
        widened |= widens;
        credit();
        if (widens) {
            parts.forEach(part -> queues.credit(part.id, id, WINDOW_BYTES - GATED_WINDOW_BYTES));
        }
    }

    // ---- the end

    @Override
    public void cancel(Runnable then) {
        var left =
                new Countdown(
                        parts.size(),
                        () -> {
                            end();
                            then.run();
                        });
        for (var part : parts) {
            queues.cancel(part.id, id, answer(left));
        }
    }

    @Override
    public void leave() {
        if (!over) {
            end();
            early.clear();
            parts.forEach(part -> queues.cancel(part.id, id, answer(() -> {})));
        }
    }

    private Ask<Boolean> answer(Runnable then) {
        return new Ask<>(channel.session().inbox(), _ -> then.run(), _ -> then.run());
    }

    @Override
    public String toString() {
        return wish.tag() + " of " + queue.name();
    }
}
