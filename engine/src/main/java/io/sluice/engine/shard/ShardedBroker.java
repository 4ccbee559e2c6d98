package io.sluice.engine.shard;

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
import io.sluice.broker.queue.Queues;
import io.sluice.engine.log.LogStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port over shards: sends every command to the shard that owns the partition it is about, and what concerns the catalog to
/// shard 0.
public final class ShardedBroker implements Broker, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShardedBroker.class);
    private static final long CLOSE_MILLIS = 8_000;
    private static final long INSIST_NANOS = 50_000;
    private static final BrokerError STARTING =
            new BrokerError.Unavailable("the broker is starting");
    private static final BrokerError STOPPING =
            new BrokerError.Unavailable("the broker is stopping");

    private final LogStore store;
    private final ShardMap shards;
    private final Consumer<IOException> failed;
    private final ShardedQueues queues;
    private final PublishedCatalog published = new PublishedCatalog();
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

    /// Why no command is taken; null while they are.
    private final AtomicReference<@Nullable BrokerError> closed = new AtomicReference<>(STARTING);

    /// Both are set and used on the thread of shard 0 alone.
    private @Nullable CatalogKeeper keeper;

    private @Nullable ProducerIds producerIds;

    private ShardedBroker(
            LogStore store, ShardSettings settings, Clock clock, Consumer<IOException> failed) {
        this.store = store;
        this.failed = failed;
        var all = new ArrayList<Shard>();
        for (int index = 0; index < settings.shards(); index++) {
            all.add(new Shard(index, settings, clock, store, this, this::fail));
        }
        this.shards = new ShardMap(all);
        this.queues = new ShardedQueues(this, shards);
    }

    /// Recovers everything that the store holds and waits until it is served.
    ///
    /// @param store closed by [#close], not when this throws
    /// @param random for identities; seeded in simulations
    /// @param failed told once, on a shard's thread, when the store failed for good: nothing is accepted from then on and
    ///     the process should stop
    /// @throws IOException when what is stored cannot be read
    public static ShardedBroker open(
            LogStore store,
            ShardSettings settings,
            Clock clock,
            RandomGenerator random,
            ShardThreads threads,
            Consumer<IOException> failed)
            throws IOException {
        var broker = start(store, settings, clock, random, threads, failed);
        try {
            broker.ready.get();
        } catch (ExecutionException e) {
            broker.stop();
            throw new IOException(
                    e.getCause() == null ? "the start failed" : e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broker.stop();
            throw new InterruptedIOException("interrupted while starting");
        }
        return broker;
    }

    /// Like [#open], but returns at once. Commands are refused as unavailable until [#ready].
    public static ShardedBroker start(
            LogStore store,
            ShardSettings settings,
            Clock clock,
            RandomGenerator random,
            ShardThreads threads,
            Consumer<IOException> failed) {
        var broker = new ShardedBroker(store, settings, clock, failed);
        for (var shard : broker.shards.all()) {
            shard.mailbox().wake(threads.drive(shard));
        }
        var first = broker.shards.at(0).mailbox();
        first.put(
                new StartOperation(
                        broker.shards, broker.published, random, broker::keep, broker::started));
        return broker;
    }

    /// Completed when everything stored is served; failed with the [IOException] that prevents it.
    public CompletionStage<@Nullable Void> ready() {
        return ready;
    }

    /// Takes no more commands, answers those that wait, writes checkpoints. Completed when the shards are finished.
    public CompletionStage<@Nullable Void> stop() {
        closed.compareAndSet(null, STOPPING);
        closed.compareAndSet(STARTING, STOPPING);
        var ends = new ArrayList<CompletableFuture<@Nullable Void>>();
        for (var shard : shards.all()) {
            var end = new CompletableFuture<@Nullable Void>();
            ends.add(end);
            var stop = new StopOperation(() -> end.complete(null));
            if (!shard.mailbox().putInternal(stop)) {
                stop.refuse(STOPPING);
            }
            // Who hosted it so far may have ended.
            shard.mailbox().insist();
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .thenRun(() -> stopped.complete(null));
        return stopped;
    }

    /// [#stop], waiting at most `millis`, then closes the store.
    public void close(long millis) throws IOException {
        try {
            stop().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            log.warn(
                    "the shards did not finish within {} ms; the next start looks through more",
                    millis);
        } catch (ExecutionException e) {
            throw new IOException("the shards did not stop", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }

    @Override
    public void close() throws IOException {
        close(CLOSE_MILLIS);
    }

    /// One per shard.
    public List<ShardStatistics> statistics() {
        return shards.all().stream().map(Shard::statistics).toList();
    }

    @Override
    public Catalog catalog() {
        return published.state();
    }

    @Override
    public void onCatalog(Consumer<Catalog> listener) {
        shards.at(0).mailbox().putInternal(new TaskOperation(() -> published.listen(listener)));
    }

    @Override
    public void change(CatalogChange change, Reply<Catalog> reply) {
        put(shards.at(0), new Ask<>(answer -> kept(keeper).change(change, answer), reply));
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        var shard = shards.owner(append.partition());
        put(shard, new AppendOperation(append, reply, shard.mailbox(), null));
    }

    @Override
    public void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply) {
        if (append.partitions().isEmpty()) {
            append.batch().release();
            reply.done(List.of());
            return;
        }
        var whole = append.batch().bytes();
        if (!append.batch().outlivesRelease()) {
            whole = ByteBuffer.allocate(whole.remaining()).put(whole.duplicate()).flip();
        }
        append.batch().release();
        var outcomes = new Outcomes(append.partitions().size(), reply);
        AppendToAllOperation.begin(this, shards, append, whole, outcomes);
    }

    @Override
    public Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
        var operation = new FetchOperation(fetch, reply, shards);
        var why = closed.get();
        if (why != null) {
            operation.refuse(why);
        } else {
            operation.begin();
        }
        return operation::end;
    }

    @Override
    public void offset(PartitionId partition, OffsetQuery query, Reply<OffsetQuery.Answer> reply) {
        put(shards.owner(partition), new OffsetOperation(partition, query, reply));
    }

    @Override
    public void deleteRecords(PartitionId partition, long offset, Reply<Long> reply) {
        put(shards.owner(partition), new DeleteRecordsOperation(partition, offset, reply));
    }

    @Override
    public void status(PartitionId partition, Reply<PartitionStatus> reply) {
        put(shards.owner(partition), new StatusOperation(partition, reply));
    }

    @Override
    public void nextProducerId(Reply<Long> reply) {
        put(shards.at(0), new Ask<>(answer -> kept(producerIds).next(answer), reply));
    }

    @Override
    public boolean execute(PartitionId partition, Runnable task) {
        return shards.owner(partition).mailbox().putInternal(new TaskOperation(task));
    }

    @Override
    public Queues queues() {
        return queues;
    }

    void put(Shard shard, Command command) {
        var why = closed.get();
        if (why != null) {
            command.refuse(why);
        } else {
            shard.mailbox().put(command);
        }
    }

    /// For what must not be refused for want of room: the caller waits for it, which slows down who fills the mailbox.
    void insist(Shard shard, Command command) {
        while (!shard.mailbox().putInternal(command)) {
            if (shard.mailbox().isClosed()) {
                command.refuse(STOPPING);
                return;
            }
            shard.mailbox().insist();
            LockSupport.parkNanos(INSIST_NANOS);
        }
    }

    private void keep(CatalogKeeper opened) {
        keeper = opened;
        producerIds = new ProducerIds(opened);
    }

    private static <T> T kept(@Nullable T what) {
        assert what != null : "commands come after the start";
        return what;
    }

    private void started(@Nullable IOException failure) {
        if (failure == null) {
            closed.compareAndSet(STARTING, null);
            ready.complete(null);
        } else {
            ready.completeExceptionally(failure);
        }
    }

    private void fail(IOException cause) {
        var error = new BrokerError.StorageFailed(String.valueOf(cause.getMessage()));
        if (!(closed.getAndSet(error) instanceof BrokerError.StorageFailed)) {
            log.error("nothing is accepted any more: {}", cause.getMessage(), cause);
            failed.accept(cause);
        }
        ready.completeExceptionally(cause);
    }
}
