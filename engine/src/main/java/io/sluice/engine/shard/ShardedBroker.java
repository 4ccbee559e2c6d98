package io.sluice.engine.shard;

import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.engine.log.LogStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The port over shards: sends every command to the shard that owns the partition it is about.
public final class ShardedBroker implements Broker, AutoCloseable {
    private final LogStore store;

    private ShardedBroker(LogStore store) {
        this.store = store;
    }

    /// Recovers everything that the store holds and waits until it is served.
    ///
    /// @param store closed by [#close]
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
        throw new UnsupportedOperationException();
    }

    /// Like [#open], but returns at once. Commands are refused as unavailable until [#ready].
    public static ShardedBroker start(
            LogStore store,
            ShardSettings settings,
            Clock clock,
            RandomGenerator random,
            ShardThreads threads,
            Consumer<IOException> failed) {
        throw new UnsupportedOperationException();
    }

    /// Completed when everything stored is served; failed with the [IOException] that prevents it.
    public CompletionStage<Void> ready() {
        return new CompletableFuture<>();
    }

    /// Takes no more commands, answers those that wait, writes checkpoints. Completed when the shards are finished.
    public CompletionStage<Void> stop() {
        return new CompletableFuture<>();
    }

    /// [#stop], waiting at most `millis`, then closes the store.
    public void close(long millis) throws IOException {
        store.close();
    }

    @Override
    public void close() throws IOException {
        close(8_000);
    }

    /// One per shard.
    public List<ShardStatistics> statistics() {
        return List.of();
    }

    @Override
    public Catalog catalog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onCatalog(Consumer<Catalog> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void change(CatalogChange change, Reply<Catalog> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offset(PartitionId partition, OffsetQuery query, Reply<OffsetQuery.Answer> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteRecords(PartitionId partition, long offset, Reply<Long> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void status(PartitionId partition, Reply<PartitionStatus> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void nextProducerId(Reply<Long> reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean execute(PartitionId partition, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
