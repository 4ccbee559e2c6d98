package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardThreads;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A broker with real files and threads, and what tests of pushing ask of one.
final class Running implements AutoCloseable {
    private final FileStorage files;
    private final ShardedBroker broker;

    Running(Path directory) throws IOException {
        files = FileStorage.open(directory);
        var store = EmbeddedLogStore.open(files, StoreSettings.defaults(), _ -> {});
        broker =
                ShardedBroker.open(
                        store,
                        ShardSettings.defaults(2),
                        Clock.system(),
                        new Random(1),
                        ShardThreads.platform(),
                        _ -> {});
    }

    Broker broker() {
        return broker;
    }

    /// A queue on a topic of so many partitions.
    ///
    /// @param arguments values as JSON text
    Queue queue(String name, int parts, Map<String, String> arguments) {
        var topic = UUID.randomUUID();
        change(new CatalogChange.CreateTopic(topic, topic.toString(), parts, Map.of()));
        var queue =
                new Queue(
                        UUID.randomUUID(),
                        "/",
                        name,
                        topic,
                        false,
                        true,
                        false,
                        false,
                        arguments,
                        0);
        return change(new CatalogChange.DeclareQueue(queue)).queue("/", name).orElseThrow();
    }

    Catalog change(CatalogChange change) {
        return answer(reply -> broker.change(change, reply));
    }

    /// All in one batch.
    void publish(QueuePart part, String... bodies) {
        var batch = new BatchBuilder(Compression.NONE, 0, 0);
        for (var body : bodies) {
            batch.add(0, null, ByteBuffer.wrap(body.getBytes(UTF_8)), List.of());
        }
        var append =
                new Append(
                        new PartitionId(part.topic(), part.index()),
                        Buffer.unpooled(batch.build().whole()));
        var _ = Running.<Append.Appended>answer(reply -> broker.append(append, reply));
    }

    QueueStatus status(QueuePart part) {
        return answer(reply -> broker.queues().status(part, reply));
    }

    /// What came, within some seconds.
    ///
    /// @throws AssertionError when it was refused
    static <T> T answer(Consumer<Reply<T>> question) {
        var answer = new CompletableFuture<T>();
        question.accept(
                new Reply<>() {
                    @Override
                    public void done(T value) {
                        answer.complete(value);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        answer.completeExceptionally(new AssertionError("refused: " + error));
                    }
                });
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        broker.close();
        files.close();
    }
}
