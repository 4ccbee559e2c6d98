package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The port of queues over shards: every command goes to the shard that owns the part.
final class ShardedQueues implements Queues {
    private final ShardedBroker broker;
    private final ShardMap shards;
    private final AtomicLong ids = new AtomicLong();

    ShardedQueues(ShardedBroker broker, ShardMap shards) {
        this.broker = broker;
        this.shards = shards;
    }

    @Override
    public long nextConsumerId() {
        return ids.incrementAndGet();
    }

    @Override
    public void subscribe(QueuePart part, Consumer consumer, Reply<QueueStatus> reply) {
        put(
                part,
                (queue, answer) -> {
                    var refusal =
                            queue.consumers()
                                    .refusal(
                                            consumer,
                                            queue.definition().name(),
                                            queue.settings().singleActiveConsumer());
                    if (refusal != null) {
                        answer.refused(refusal);
                        return;
                    }
                    queue.consumers().add(consumer);
                    queue.counts().consumed = true;
                    answer.done(Reporting.status(queue));
                },
                reply);
    }

    @Override
    public void credit(QueuePart part, long consumer, long bytes) {
        tell(part, queue -> queue.consumers().credit(consumer, bytes));
    }

    @Override
    public void cancel(QueuePart part, long consumer, Reply<Boolean> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> {
                    boolean was = queue.consumers().remove(consumer) != null;
                    if (was && queue.consumers().isEmpty()) {
                        queue.counts().idleSinceMillis = shard.nowMillis();
                        queue.reader().forget();
                        if (queue.isHome() && queue.definition().autoDelete()) {
                            shard.queues().delete(queue);
                        }
                    }
                    answer.done(was);
                },
                reply);
    }

    @Override
    public void get(QueuePart part, long owner, boolean settled, Reply<Optional<Got>> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> {
                    queue.counts().idleSinceMillis = shard.nowMillis();
                    answer.done(new QueueDispatch(shard, queue).get(owner, settled));
                },
                reply);
    }

    @Override
    public Runnable receive(QueuePart part, Receive receive, Reply<List<Delivery>> reply) {
        var shard = shard(part);
        var waiting = new Receivers.Waiting(receive, reply);
        put(
                part,
                (HostedQueue queue, Reply<List<Delivery>> answer) ->
                        Receiving.begin(shard, queue, waiting, answer),
                reply);
        return () -> tell(part, queue -> queue.receivers().end(shard, waiting));
    }

    @Override
    public void settle(QueuePart part, Receipts receipts, Reply<List<Receipts.Outcome>> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> {
                    var outcomes = ReceiptSettling.settle(shard, queue, receipts);
                    queue.journalWaiters().whenDurable(durably(answer, outcomes));
                },
                reply);
    }

    @Override
    public void settle(QueuePart part, Settlement settlement) {
        var shard = shard(part);
        tell(part, queue -> QueueSettling.settle(shard, queue, settlement));
    }

    @Override
    public void settle(QueuePart part, Settlement settlement, Reply<Integer> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> {
                    int count = QueueSettling.settle(shard, queue, settlement);
                    queue.journalWaiters().whenDurable(durably(answer, count));
                },
                reply);
    }

    @Override
    public void release(QueuePart part, long owner) {
        var shard = shard(part);
        tell(part, queue -> QueueSettling.releaseAll(shard, queue, owner));
    }

    @Override
    public void purge(QueuePart part, Reply<Long> reply) {
        put(
                part,
                (queue, answer) -> {
                    long count = Purge.run(queue);
                    queue.journalWaiters().whenDurable(durably(answer, count));
                },
                reply);
    }

    @Override
    public void status(QueuePart part, Reply<QueueStatus> reply) {
        put(part, (queue, answer) -> answer.done(Reporting.status(queue)), reply);
    }

    @Override
    public void peek(QueuePart part, Peek peek, Reply<Peeked> reply) {
        put(part, (queue, answer) -> answer.done(Peeking.look(queue, peek)), reply);
    }

    @Override
    public void remove(QueuePart part, long offset, Reply<Boolean> reply) {
        put(
                part,
                (queue, answer) -> {
                    boolean was = new OutOfTurn(queue).removed(offset);
                    queue.journalWaiters().whenDurable(durably(answer, was));
                },
                reply);
    }

    @Override
    public void redriving(QueuePart part, Reply<RedriveProgress> reply) {
        put(
                part,
                (queue, answer) ->
                        queue.journalWaiters()
                                .whenDurable(durably(answer, queue.state().redrive().progress())),
                reply);
    }

    @Override
    public void report(QueuePart part, Reply<QueueReport> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> answer.done(Reporting.report(queue, shard.nowMillis())),
                reply);
    }

    @Override
    public void breaker(QueuePart part, BreakerView.Wish wish, Reply<BreakerView> reply) {
        var shard = shard(part);
        put(
                part,
                (queue, answer) -> {
                    var view = QueueBreaker.wish(shard, queue, wish);
                    if (wish == BreakerView.Wish.LOOK) {
                        answer.done(view);
                    } else {
                        queue.journalWaiters().whenDurable(durably(answer, view));
                    }
                },
                reply);
    }

    @Override
    public void used(QueuePart part) {
        var shard = shard(part);
        tell(part, queue -> queue.counts().idleSinceMillis = shard.nowMillis());
    }

    @Override
    public void delete(UUID id, boolean ifUnused, boolean ifEmpty, Reply<Long> reply) {
        var queue = broker.catalog().queue(id);
        if (queue.isEmpty()) {
            reply.refused(new BrokerError.UnknownQueue(id.toString()));
            return;
        }
        var topic = broker.catalog().topic(queue.get().topic());
        int parts = topic.map(Topic::partitions).orElse(1);
        new Deletion(queue.get(), parts, ifUnused, ifEmpty, reply).look(0);
    }

    /// Asks every part, one after the other, then deletes.
    private final class Deletion {
        private final Queue queue;
        private final int parts;
        private final boolean ifUnused;
        private final boolean ifEmpty;
        private final Reply<Long> reply;
        private long ready;

        Deletion(Queue queue, int parts, boolean ifUnused, boolean ifEmpty, Reply<Long> reply) {
            this.queue = queue;
            this.parts = parts;
            this.ifUnused = ifUnused;
            this.ifEmpty = ifEmpty;
            this.reply = reply;
        }

        void look(int index) {
            status(
                    queue.part(index),
                    new Reply<>() {
                        @Override
                        public void done(QueueStatus status) {
                            looked(index, status);
                        }

                        @Override
                        public void refused(BrokerError error) {
                            reply.refused(error);
                        }
                    });
        }

        private void looked(int index, QueueStatus status) {
            if (ifUnused && !status.consumers().isEmpty()) {
                reply.refused(new BrokerError.InUse("queue '" + queue.name() + "' in use"));
                return;
            }
            if (ifEmpty && status.ready() + status.leased() + status.delayed() > 0) {
                reply.refused(new BrokerError.NotEmpty("queue '" + queue.name() + "' not empty"));
                return;
            }
            ready += status.ready();
            if (index + 1 < parts) {
                look(index + 1);
            } else {
                delete();
            }
        }

        private void delete() {
            broker.change(
                    new CatalogChange.DeleteQueue(queue.id()),
                    new Reply<>() {
                        @Override
                        public void done(Catalog catalog) {
                            reply.done(ready);
                        }

                        @Override
                        public void refused(BrokerError error) {
                            reply.refused(error);
                        }
                    });
        }
    }

    /// Answers when what was done is durable, or says why it is not.
    private static <T> java.util.function.Consumer<@Nullable BrokerError> durably(
            Reply<T> answer, T value) {
        return refused -> {
            if (refused == null) {
                answer.done(value);
            } else {
                answer.refused(refused);
            }
        };
    }

    private Shard shard(QueuePart part) {
        return shards.owner(part.partition());
    }

    private <T> void put(QueuePart part, BiConsumer<HostedQueue, Reply<T>> action, Reply<T> reply) {
        broker.put(shard(part), new QueueOperation<>(part, action, reply));
    }

    /// What must not be lost for want of room in the mailbox: its sender would not hear of it.
    private void tell(QueuePart part, java.util.function.Consumer<HostedQueue> action) {
        var shard = shard(part);
        var command =
                new QueueOperation<Boolean>(
                        part, (queue, _) -> action.accept(queue), Unheard.REPLY);
        broker.insist(shard, command);
    }

    /// Nobody waits for an answer: the queue is gone, and with it what was to be settled.
    private enum Unheard implements Reply<Boolean> {
        REPLY;

        @Override
        public void done(Boolean value) {}

        @Override
        public void refused(BrokerError error) {}
    }
}
