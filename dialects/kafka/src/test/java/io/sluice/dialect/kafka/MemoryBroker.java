package io.sluice.dialect.kafka;

import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A broker that keeps everything in memory: one shard, one thread, which decides in the order of the calls and replies
/// on that thread, as the real one does. What it does not do: serve queues, remember producers, expire, compact, survive.
public final class MemoryBroker implements Broker, AutoCloseable {
    private final ScheduledThreadPoolExecutor shard =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("memory-shard").factory());

    private final Map<PartitionId, MemoryPartition> partitions = new HashMap<>();
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private long producerIds;
    private volatile MemoryCatalog catalog = MemoryCatalog.empty();
    private volatile Optional<BrokerError> refusal = Optional.empty();

    public MemoryBroker() {
        shard.setRemoveOnCancelPolicy(true);
    }

    /// From now on every command is refused so, until [#recover].
    public void refuseWith(BrokerError error) {
        refusal = Optional.of(error);
    }

    public void recover() {
        refusal = Optional.empty();
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public void onCatalog(Consumer<Catalog> listener) {
        shard.execute(
                () -> {
                    listeners.add(listener);
                    listener.accept(catalog);
                });
    }

    @Override
    public void change(CatalogChange change, Reply<Catalog> reply) {
        run(
                reply,
                () -> {
                    var refused = catalog.refusal(change);
                    if (refused.isPresent()) {
                        reply.refused(refused.get());
                        return;
                    }
                    catalog = catalog.after(change, Clock.system().millis());
                    partitions.keySet().removeIf(id -> catalog.topic(id.topic()).isEmpty());
                    listeners.forEach(listener -> listener.accept(catalog));
                    reply.done(catalog);
                });
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        run(
                reply,
                () ->
                        with(
                                append.partition(),
                                reply,
                                (topic, partition) -> {
                                    partition.append(topic, append, reply);
                                    List.copyOf(parked).forEach(Parked::tryAgain);
                                }));
    }

    @Override
    public void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply) {
        throw new UnsupportedOperationException("Kafka clients name one partition per batch");
    }

    @Override
    public Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
        var waiting = new Parked(fetch, reply);
        run(reply, waiting::begin);
        return () -> execute(waiting::end);
    }

    @Override
    public void offset(PartitionId id, OffsetQuery query, Reply<OffsetQuery.Answer> reply) {
        run(reply, () -> with(id, reply, (_, partition) -> reply.done(partition.offset(query))));
    }

    @Override
    public void deleteRecords(PartitionId id, long offset, Reply<Long> reply) {
        run(reply, () -> with(id, reply, (_, partition) -> partition.delete(offset, reply)));
    }

    @Override
    public void status(PartitionId id, Reply<PartitionStatus> reply) {
        run(reply, () -> with(id, reply, (_, partition) -> reply.done(partition.status())));
    }

    @Override
    public void nextProducerId(Reply<Long> reply) {
        run(reply, () -> reply.done(producerIds++));
    }

    @Override
    public boolean execute(PartitionId partition, Runnable task) {
        return execute(task);
    }

    @Override
    public Queues queues() {
        throw new UnsupportedOperationException("there are no queues here");
    }

    private boolean execute(Runnable task) {
        try {
            shard.execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    private void run(Reply<?> reply, Runnable command) {
        var taken = execute(() -> refusal.ifPresentOrElse(reply::refused, command));
        if (!taken) {
            reply.refused(new BrokerError.Unavailable("the broker has stopped"));
        }
    }

    private void with(PartitionId id, Reply<?> reply, BiConsumer<Topic, MemoryPartition> command) {
        partition(id)
                .ifPresentOrElse(
                        partition ->
                                command.accept(catalog.topic(id.topic()).orElseThrow(), partition),
                        () ->
                                reply.refused(
                                        new BrokerError.UnknownPartition(id.topic(), id.index())));
    }

    private Optional<MemoryPartition> partition(PartitionId id) {
        return catalog.topic(id.topic())
                .filter(topic -> id.index() < topic.partitions())
                .map(_ -> partitions.computeIfAbsent(id, _ -> new MemoryPartition()));
    }

    @Override
    public void close() {
        shard.shutdownNow();
    }

    /// A fetch that waits for growth.
    private final class Parked {
        private final Fetch fetch;
        private final Reply<List<Fetch.Answer>> reply;
        private Optional<ScheduledFuture<?>> alarm = Optional.empty();
        private boolean done;

        Parked(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
            this.fetch = fetch;
            this.reply = reply;
        }

        void begin() {
            parked.add(this);
            alarm =
                    Optional.of(
                            shard.schedule(
                                    (Runnable) this::end,
                                    fetch.maxWaitMillis(),
                                    TimeUnit.MILLISECONDS));
            tryAgain();
        }

        void tryAgain() {
            var answers = answers();
            var found = 0L;
            for (var answer : answers) {
                found +=
                        switch (answer) {
                            case Fetch.Answer.Found(_, _, var records) -> records.bytes();
                            case Fetch.Answer.Refused _ -> Math.max(1, fetch.minBytes());
                        };
            }
            if (found >= fetch.minBytes()) {
                end(answers);
            }
        }

        void end() {
            end(answers());
        }

        private void end(List<Fetch.Answer> answers) {
            if (!done) {
                done = true;
                parked.remove(this);
                alarm.ifPresent(set -> set.cancel(false));
                reply.done(answers);
            }
        }

        private List<Fetch.Answer> answers() {
            var answers = new ArrayList<Fetch.Answer>();
            var room = fetch.maxBytes();
            for (var want : fetch.wants()) {
                var max = Math.min(room, want.maxBytes());
                var first = room == fetch.maxBytes();
                var answer =
                        partition(want.partition())
                                .map(partition -> partition.read(want.offset(), max, first))
                                .orElseGet(
                                        () ->
                                                new Fetch.Answer.Refused(
                                                        new BrokerError.UnknownPartition(
                                                                want.partition().topic(),
                                                                want.partition().index())));
                if (answer instanceof Fetch.Answer.Found found) {
                    room -= (int) Math.min(room, found.records().bytes());
                }
                answers.add(answer);
            }
            return answers;
        }
    }
}
