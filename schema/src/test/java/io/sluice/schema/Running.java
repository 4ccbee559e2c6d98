package io.sluice.schema;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardThreads;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A broker with real files and threads, and what tests ask of one.
public final class Running implements AutoCloseable {
    private final FileStorage files;
    private final ShardedBroker broker;

    public Running(Path directory) throws IOException {
        files = FileStorage.open(directory);
        var store = EmbeddedLogStore.open(files, StoreSettings.defaults(), _ -> {});
        broker =
                ShardedBroker.open(
                        store,
                        ShardSettings.defaults(2),
                        Clock.system(),
                        new java.util.Random(1),
                        ShardThreads.platform(),
                        _ -> {});
    }

    public Broker broker() {
        return broker;
    }

    public UUID topic(String name, Map<String, String> config) {
        var id = UUID.randomUUID();
        change(new CatalogChange.CreateTopic(id, name, 1, config));
        return id;
    }

    /// A queue with a topic of its own.
    public Queue queue(String name, Map<String, String> arguments) {
        return queue(name, UUID.randomUUID(), true, arguments);
    }

    public Queue queue(String name, UUID topic, boolean ownsTopic, Map<String, String> arguments) {
        var queue =
                new Queue(
                        UUID.randomUUID(),
                        "/",
                        name,
                        topic,
                        ownsTopic,
                        true,
                        false,
                        false,
                        arguments,
                        0);
        return change(new CatalogChange.DeclareQueue(queue)).queue("/", name).orElseThrow();
    }

    /// Adds to a topic's settings.
    public void configure(UUID topic, Map<String, String> more) {
        var config = new HashMap<>(broker.catalog().topic(topic).orElseThrow().config());
        config.putAll(more);
        change(new CatalogChange.ConfigureTopic(topic, config));
    }

    public Catalog change(CatalogChange change) {
        return answer(reply -> broker.change(change, reply));
    }

    /// All values in a partition, by their offsets; those that are null are `null`.
    public Map<Long, String> values(PartitionId partition) {
        var found = new HashMap<Long, String>();
        for (var record : records(partition)) {
            found.put(record.offset(), record.value());
        }
        return found;
    }

    /// @param headers as text
    public record Read(long offset, String value, Map<String, String> headers) {}

    public List<Read> records(PartitionId partition) {
        List<Fetch.Answer> answers =
                answer(
                        reply ->
                                broker.fetch(
                                        new Fetch(
                                                List.of(new Fetch.Want(partition, 0, 1 << 24)),
                                                0,
                                                1 << 24,
                                                0),
                                        reply));
        try (var slices = ((Fetch.Answer.Found) answers.getFirst()).records()) {
            return read(slices.copy());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<Read> read(ByteBuffer bytes) {
        var found = new ArrayList<Read>();
        for (int at = 0; at < bytes.limit(); at += RecordBatch.view(bytes, at).bytes()) {
            var batch = RecordBatch.view(bytes, at);
            var records = ((Unpacked.Intact) Unpacked.of(batch, 1 << 24)).records();
            while (records.next()) {
                var headers = new HashMap<String, String>();
                records.headers()
                        .forEach(header -> headers.put(header.key(), text(header.value())));
                found.add(new Read(records.offset(), text(records.value()), headers));
            }
        }
        return found;
    }

    private static String text(@org.jspecify.annotations.Nullable ByteBuffer bytes) {
        return bytes == null ? "null" : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    public static Append append(PartitionId partition, RecordBatch batch) {
        return new Append(partition, Buffer.unpooled(batch.whole()));
    }

    public static Appended appended(Broker broker, Append append) {
        return answer(reply -> broker.append(append, reply));
    }

    /// What came, within some seconds.
    ///
    /// @throws AssertionError when it was refused
    public static <T> T answer(Consumer<Reply<T>> question) {
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

    /// Why it was refused.
    public static <T> BrokerError refusal(Consumer<Reply<T>> question) {
        var refusal = new CompletableFuture<BrokerError>();
        question.accept(
                new Reply<>() {
                    @Override
                    public void done(T value) {
                        refusal.completeExceptionally(new AssertionError("not refused: " + value));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        refusal.complete(error);
                    }
                });
        return refusal.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        broker.close();
        files.close();
    }
}
