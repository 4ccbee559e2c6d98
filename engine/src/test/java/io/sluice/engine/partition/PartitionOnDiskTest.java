package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.base.Rng;
import io.sluice.base.Slice;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A partition on the embedded log store and real files, with small segments so that reads cross them.
class PartitionOnDiskTest {
    private static final PartitionId ID = new PartitionId(new UUID(3, 4), 0);
    private static final long NOW = 1_700_000_000_000L;

    @TempDir Path directory;

    @Test
    void everythingIsReadAgainAfterARestartAndACompaction() {
        Rng.run(
                5,
                rng -> {
                    var expected = new ArrayList<Entry>();
                    PartitionCheckpoint checkpoint;
                    try (var storage = FileStorage.open(directory);
                            var store = store(storage)) {
                        var partition = open(store, PartitionCheckpoint.empty());
                        fill(rng, partition, store.open(LogNames.tail(ID)), expected);
                        assertThat(readAll(partition)).isEqualTo(expected);
                    }
                    try (var storage = FileStorage.open(directory);
                            var store = store(storage)) {
                        var partition = open(store, PartitionCheckpoint.empty());
                        assertThat(partition.damages()).isEmpty();
                        assertThat(readAll(partition)).isEqualTo(expected);
                        checkpoint = compact(partition, store);
                        assertThat(readAll(partition)).isEqualTo(lastOfEachKey(expected));
                    }
                    try (var storage = FileStorage.open(directory);
                            var store = store(storage)) {
                        assertThat(readAll(open(store, checkpoint)))
                                .isEqualTo(lastOfEachKey(expected));
                    }
                });
    }

    private static EmbeddedLogStore store(FileStorage storage) throws IOException {
        return EmbeddedLogStore.open(
                storage,
                StoreSettings.small(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static Partition open(EmbeddedLogStore store, PartitionCheckpoint checkpoint)
            throws IOException {
        var settings = TopicSettings.of(Map.of("cleanup.policy", "compact", "segment.bytes", "1"));
        var clean =
                checkpoint.generation() == 0
                        ? null
                        : store.open(LogNames.clean(ID, checkpoint.generation()));
        return Partition.open(
                ID, settings, store.open(LogNames.tail(ID)), clean, Bodies.NONE, checkpoint, NOW);
    }

    private static void fill(Rng rng, Partition partition, Log tail, List<Entry> expected)
            throws Exception {
        Waiting last = null;
        for (int i = 0; i < 300; i++) {
            var batch = batch(rng);
            var decision = partition.decide(batch, NOW);
            batch.assign(((Decision.Accept) decision).baseOffset(), 0);
            partition.apply(batch, tail.next(), NOW);
            expected.addAll(Entry.of(batch));
            last = new Waiting(Buffer.unpooled(batch.slice()));
            tail.append(last);
        }
        Objects.requireNonNull(last).await();
        partition.durable(partition.nextOffset());
    }

    private static RecordBatch batch(Rng rng) {
        var builder = new BatchBuilder(Compression.NONE, 0, NOW);
        for (int left = rng.below(5); left >= 0; left--) {
            var value = "x".repeat(rng.below(rng.chance(5) ? 30_000 : 300));
            builder.add(NOW, Entry.bytes("key " + rng.below(100)), Entry.bytes(value));
        }
        return builder.build();
    }

    private static PartitionCheckpoint compact(Partition partition, EmbeddedLogStore store)
            throws Exception {
        var target = store.open(LogNames.clean(ID, partition.nextGeneration()));
        var last = new AtomicReference<@Nullable Waiting>();
        var compaction =
                partition.compact(
                        target,
                        buffer -> {
                            var chunk = new Waiting(buffer);
                            last.set(chunk);
                            return chunk;
                        },
                        NOW);
        while (true) {
            switch (compaction.step(50_000)) {
                case Compaction.Progress.Working _ -> {}
                case Compaction.Progress.Waiting _ -> Objects.requireNonNull(last.get()).await();
                case Compaction.Progress.Done(var fact) -> {
                    partition.apply(fact);
                    var checkpoint = partition.checkpointNow().orElseThrow();
                    partition.apply(checkpoint);
                    return checkpoint.checkpoint();
                }
            }
        }
    }

    private static List<Entry> lastOfEachKey(List<Entry> all) {
        return all.stream()
                .filter(
                        it ->
                                all.stream()
                                        .noneMatch(
                                                other ->
                                                        other.offset() > it.offset()
                                                                && String.valueOf(other.key())
                                                                        .equals(it.key())))
                .toList();
    }

    private static List<Entry> readAll(Partition partition) throws IOException {
        var all = new ArrayList<Entry>();
        for (long offset = partition.startOffset(); offset < partition.highWatermark(); ) {
            if (!(partition.read(offset, 100_000)
                    instanceof Fetch.Answer.Found(_, _, var records))) {
                throw new AssertionError("offset " + offset + " cannot be read");
            }
            try (records) {
                var bytes = ByteBuffer.allocate((int) records.bytes());
                for (var slice : records.slices()) {
                    copy(slice, bytes);
                }
                var batches = Host.batches(bytes.flip());
                all.addAll(Entry.of(batches));
                offset = batches.getLast().nextOffset();
            }
        }
        return all;
    }

    private static void copy(Slice slice, ByteBuffer into) throws IOException {
        switch (slice) {
            case Slice.InMemory(var bytes) -> into.put(bytes.duplicate());
            case Slice.InFile(var file, long position, int length, _) -> {
                var part = into.slice(into.position(), length);
                assertThat(file.read(part, position)).isEqualTo(length);
                into.position(into.position() + length);
            }
        }
    }

    /// A chunk that a test waits for.
    private static final class Waiting implements Chunk {
        private final Buffer data;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Waiting(Buffer data) {
            this.data = data;
        }

        void await() throws Exception {
            done.get(30, TimeUnit.SECONDS);
        }

        @Override
        public Buffer data() {
            return data;
        }

        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public void completed() {
            done.complete(null);
        }

        @Override
        public void failed(IOException cause) {
            done.completeExceptionally(cause);
        }
    }
}
