package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.base.Slice;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.MemoryLogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// A whole broker on the test's own thread: shards take turns, time passes and bytes become durable when the test says so.
final class Bench {
    final ManualClock clock = new ManualClock();
    final List<IOException> failures = new ArrayList<>();
    MemoryLogStore store = MemoryLogStore.completingWhenTold();
    ShardSettings settings = ShardSettings.defaults(2);
    ShardedBroker broker;
    private List<Shard> shards = new ArrayList<>();

    Bench() {
        broker = start();
    }

    Bench(ShardSettings settings) {
        this.settings = settings;
        broker = start();
    }

    /// Starts anew; the process is killed when `chunks` have become durable.
    void startAndSettle(int chunks) {
        broker = launch();
        turn();
        for (int i = 0; i < chunks && store.settleOne(); i++) {
            turn();
        }
        store = store.crashed(false);
    }

    private ShardedBroker start() {
        var started = launch();
        quiet();
        return started;
    }

    private ShardedBroker launch() {
        shards = new ArrayList<>();
        return ShardedBroker.start(
                store,
                settings,
                clock,
                new Random(7),
                shard -> {
                    shards.add(shard);
                    return () -> {};
                },
                failures::add);
    }

    /// Kills the process and starts another on what was durable.
    void crash() {
        store = store.crashed(false);
        broker = start();
    }

    /// The same with another number of shards.
    void crash(int shardsThen) {
        settings = settings.withShards(shardsThen);
        crash();
    }

    /// Stops the process in peace and starts another.
    void restart() {
        stop();
        crash();
    }

    void stop() {
        var stopped = broker.stop().toCompletableFuture();
        quiet();
        assert stopped.isDone() : "the shards end when all is settled";
    }

    /// Lets the shards work until they have nothing to do; nothing becomes durable.
    void turn() {
        boolean any = true;
        while (any) {
            any = false;
            for (var shard : shards) {
                any |= !shard.finished() && shard.turn();
            }
        }
    }

    /// Lets the shards work and the store settle until there is nothing to do.
    void quiet() {
        turn();
        while (store.settleOne()) {
            store.settle();
            turn();
        }
    }

    List<HostedPartition> hosted() {
        return shards.stream().flatMap(shard -> shard.partitions().stream()).toList();
    }

    Shard hostedBy(PartitionId partition) {
        return shards.stream()
                .filter(shard -> shard.partition(partition) != null)
                .findFirst()
                .orElseThrow();
    }

    /// How long all shards would sleep now.
    long idleMillis() {
        return shards.stream().mapToLong(Shard::idleNanos).min().orElseThrow() / 1_000_000;
    }

    void pass(long millis) {
        clock.pass(millis);
        quiet();
    }

    /// Like [#pass], a tenth of a second at a time, so that what keeps a pace is asked often.
    void passInSteps(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            pass(100);
        }
    }

    Answered<Catalog> change(CatalogChange change) {
        var reply = new Answered<Catalog>();
        broker.change(change, reply);
        return reply;
    }

    /// A topic with that many partitions.
    UUID topic(String name, int partitions, Map<String, String> config) {
        var id = new UUID(4711, name.hashCode());
        var reply = change(new CatalogChange.CreateTopic(id, name, partitions, config));
        quiet();
        reply.value();
        return id;
    }

    PartitionId partition(String name) {
        return new PartitionId(topic(name, 1, Map.of()), 0);
    }

    static RecordBatch batch(String... values) {
        return builder(values).build();
    }

    static RecordBatch batch(long producer, int sequence, String... values) {
        return builder(values).producer(producer, (short) 0, sequence).build();
    }

    private static BatchBuilder builder(String... values) {
        var builder = new BatchBuilder(Compression.NONE, 0, 1_700_000_000_000L);
        for (var value : values) {
            builder.add(1_700_000_000_000L, null, value.getBytes(StandardCharsets.UTF_8));
        }
        return builder;
    }

    Answered<Appended> append(PartitionId partition, RecordBatch batch) {
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        var reply = new Answered<Appended>();
        broker.append(new Append(partition, Buffer.unpooled(bytes)), reply);
        return reply;
    }

    Appended appendDurably(PartitionId partition, RecordBatch batch) {
        var reply = append(partition, batch);
        quiet();
        return reply.value();
    }

    Waiting fetch(int minBytes, long maxWaitMillis, Fetch.Want... wants) {
        var reply = new Answered<List<Fetch.Answer>>();
        var end = broker.fetch(new Fetch(List.of(wants), minBytes, 1 << 20, maxWaitMillis), reply);
        turn();
        return new Waiting(reply, end);
    }

    record Waiting(Answered<List<Fetch.Answer>> reply, Runnable end) {
        boolean isThere() {
            return reply.isThere();
        }

        Fetch.Answer answer(int want) {
            return reply.value().get(want);
        }

        /// The offsets of the records that a want found.
        List<Long> offsets(int want) {
            return Bench.offsets((Fetch.Answer.Found) answer(want));
        }
    }

    static Fetch.Want want(PartitionId partition, long offset) {
        return new Fetch.Want(partition, offset, 1 << 20);
    }

    /// All that is there from `offset` on.
    List<Long> read(PartitionId partition, long offset) {
        var fetch = fetch(0, 0, want(partition, offset));
        return fetch.offsets(0);
    }

    private static List<Long> offsets(Fetch.Answer.Found found) {
        var offsets = new ArrayList<Long>();
        try (var records = found.records()) {
            var all = ByteBuffer.allocate((int) records.bytes());
            for (var slice : records.slices()) {
                all.put(((Slice.InMemory) slice).bytes().duplicate());
            }
            for (int at = 0; at < all.capacity(); ) {
                var batch = RecordBatch.view(all, at);
                for (long offset = batch.baseOffset(); offset <= batch.lastOffset(); offset++) {
                    offsets.add(offset);
                }
                at += batch.bytes();
            }
        }
        return offsets;
    }
}
