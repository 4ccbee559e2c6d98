package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The broker as it runs in production: its own threads, the embedded store, real files.
@Timeout(60)
final class RealThreadsTest {
    private static final int TOPICS = 1_000;

    @TempDir Path directory;
    private @Nullable FileStorage files;

    @Test
    void readersSeeEveryRecordOfWritersOnceAndInOrderAndSoDoReadersAfterARestart()
            throws Exception {
        var topic = new UUID(1, 1);
        int partitions = 4;
        int batches = 500;
        try (var broker = open(2)) {
            change(broker, new CatalogChange.CreateTopic(topic, "orders", partitions, Map.of()))
                    .get();
            var readers = new ArrayList<CompletableFuture<Long>>();
            for (int index = 0; index < partitions; index++) {
                var reader = new CompletableFuture<Long>();
                readers.add(reader);
                readTo(broker, new PartitionId(topic, index), 0, batches * 2L, reader);
            }
            var writers = new ArrayList<CompletableFuture<Appended>>();
            for (int i = 0; i < batches * partitions; i++) {
                writers.add(append(broker, new PartitionId(topic, i % partitions)));
            }
            for (int i = 0; i < writers.size(); i++) {
                assertThat(writers.get(i).get().baseOffset()).isEqualTo(i / partitions * 2L);
            }
            for (var reader : readers) {
                assertThat(reader.get()).isEqualTo(batches * 2L);
            }
        }
        try (var broker = open(3)) {
            for (int index = 0; index < partitions; index++) {
                var reader = new CompletableFuture<Long>();
                readTo(broker, new PartitionId(topic, index), 0, batches * 2L, reader);
                assertThat(reader.get()).isEqualTo(batches * 2L);
            }
        }
    }

    @Test
    void aThousandTopicsAreCreatedWrittenToAndDeletedInGroups() throws Exception {
        try (var broker = open(2)) {
            long start = System.nanoTime();
            var created = new ArrayList<CompletableFuture<Catalog>>();
            for (int i = 0; i < TOPICS; i++) {
                created.add(
                        change(
                                broker,
                                new CatalogChange.CreateTopic(
                                        new UUID(2, i), "topic-" + i, 1, Map.of())));
            }
            await(created);
            var appended = new ArrayList<CompletableFuture<Appended>>();
            for (int i = 0; i < TOPICS; i++) {
                appended.add(append(broker, new PartitionId(new UUID(2, i), 0)));
            }
            await(appended);
            var deleted = new ArrayList<CompletableFuture<Catalog>>();
            for (int i = 0; i < TOPICS; i++) {
                deleted.add(change(broker, new CatalogChange.DeleteTopic(new UUID(2, i))));
            }
            await(deleted);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(broker.catalog().topics()).isEmpty();
            assertThat(millis).isLessThan(20_000);
        }
    }

    @Test
    void idleShardsSleep() throws Exception {
        try (var broker = open(2)) {
            var topic = new UUID(3, 3);
            change(broker, new CatalogChange.CreateTopic(topic, "quiet", 2, Map.of())).get();
            var waiting = new ArrayList<CompletableFuture<List<Fetch.Answer>>>();
            for (int i = 0; i < 1_000; i++) {
                waiting.add(fetch(broker, new PartitionId(topic, i % 2), 0, 300));
            }
            await(waiting);
            long turns = broker.statistics().stream().mapToLong(ShardStatistics::turns).sum();
            assertThat(turns).isLessThan(5_000);
        }
    }

    @AfterEach
    void unlock() throws IOException {
        var storage = files;
        if (storage != null) {
            storage.close();
        }
    }

    private ShardedBroker open(int shards) throws IOException {
        unlock();
        var storage = FileStorage.open(directory);
        files = storage;
        var store = EmbeddedLogStore.open(storage, StoreSettings.small(), _ -> {});
        return ShardedBroker.open(
                store,
                ShardSettings.defaults(shards),
                Clock.system(),
                new Random(5),
                ShardThreads.platform(),
                _ -> {});
    }

    private static void await(List<? extends CompletableFuture<?>> all) throws Exception {
        for (var one : all) {
            one.get(50, TimeUnit.SECONDS);
        }
    }

    /// Fetches on and on, each fetch from within the answer to the one before.
    private static void readTo(
            ShardedBroker broker,
            PartitionId id,
            long from,
            long end,
            CompletableFuture<Long> done) {
        if (from >= end) {
            done.complete(from);
            return;
        }
        fetch(broker, id, from, 10_000)
                .whenComplete(
                        (answers, failure) -> {
                            if (failure != null) {
                                done.completeExceptionally(failure);
                                return;
                            }
                            var found = (Fetch.Answer.Found) answers.getFirst();
                            found.records().close();
                            readTo(broker, id, found.highWatermark(), end, done);
                        });
    }

    private static CompletableFuture<List<Fetch.Answer>> fetch(
            ShardedBroker broker, PartitionId id, long offset, long maxWaitMillis) {
        var answer = new Future<List<Fetch.Answer>>();
        broker.fetch(
                new Fetch(List.of(new Fetch.Want(id, offset, 1 << 20)), 1, 1 << 20, maxWaitMillis),
                answer);
        return answer.future;
    }

    private static CompletableFuture<Appended> append(ShardedBroker broker, PartitionId id) {
        var batch = Bench.batch("a", "b");
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        var answer = new Future<Appended>();
        broker.append(new Append(id, Buffer.unpooled(bytes)), answer);
        return answer.future;
    }

    private static CompletableFuture<Catalog> change(ShardedBroker broker, CatalogChange change) {
        var answer = new Future<Catalog>();
        broker.change(change, answer);
        return answer.future;
    }

    private static final class Future<T> implements Reply<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();

        @Override
        public void done(T value) {
            future.complete(value);
        }

        @Override
        public void refused(BrokerError error) {
            future.completeExceptionally(new AssertionError(error.message()));
        }
    }
}
