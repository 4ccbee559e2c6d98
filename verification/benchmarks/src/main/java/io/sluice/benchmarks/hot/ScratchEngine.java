package io.sluice.benchmarks.hot;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardThreads;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.FileStorage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A running engine on a directory of its own, as a broker has one but without forces, so that its own work is measured and not the
/// disk's. What is asked of it here is answered when the method returns.
final class ScratchEngine {
    final ShardedBroker broker;
    private int queues;

    private ScratchEngine(ShardedBroker broker) {
        this.broker = broker;
    }

    /// What is measured on an engine.
    interface Work {
        void on(ScratchEngine engine) throws Exception;
    }

    /// Starts an engine with that many shards for this work alone.
    static void run(int shards, Work work) throws Exception {
        var directory = ScratchDirectory.create();
        try (var files = FileStorage.open(directory.path());
                var store =
                        EmbeddedLogStore.open(
                                files, StoreSettings.defaults(), ScratchEngine::fail);
                var broker =
                        ShardedBroker.open(
                                store,
                                ShardSettings.defaults(shards).withForced(false),
                                Clock.system(),
                                new Random(1),
                                ShardThreads.platform(),
                                ScratchEngine::fail)) {
            work.on(new ScratchEngine(broker));
        } finally {
            directory.delete();
        }
    }

    static void fail(Throwable cause) {
        throw new IllegalStateException(cause);
    }

    QueuePart declare(String name, Map<String, String> arguments) throws Exception {
        int number = ++queues;
        var queue =
                new Queue(
                        new UUID(1, number),
                        Queue.DEFAULT_NAMESPACE,
                        name,
                        new UUID(2, number),
                        true,
                        true,
                        false,
                        false,
                        arguments,
                        0);
        var reply = new Answer<Catalog>();
        broker.change(new CatalogChange.DeclareQueue(queue), reply);
        return reply.await().queue(Queue.DEFAULT_NAMESPACE, name).orElseThrow().part(0);
    }

    /// @param delayed whether messages of the batch are due later
    void append(QueuePart queue, ByteBuffer batch, boolean delayed) throws Exception {
        var reply = new Answer<Append.Appended>();
        broker.append(
                new Append(
                        queue.partition(), Buffer.unpooled(batch), Append.ANYWHERE, false, delayed),
                reply);
        reply.await();
    }

    void subscribe(QueuePart queue, Consumer consumer) throws Exception {
        var reply = new Answer<QueueStatus>();
        broker.queues().subscribe(queue, consumer, reply);
        reply.await();
    }

    void cancel(QueuePart queue, long consumer) throws Exception {
        var reply = new Answer<Boolean>();
        broker.queues().cancel(queue, consumer, reply);
        reply.await();
    }

    private static final class Answer<T> implements Reply<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();

        T await() throws Exception {
            return future.get();
        }

        @Override
        public void done(T value) {
            future.complete(value);
        }

        @Override
        public void refused(BrokerError error) {
            future.completeExceptionally(new IllegalStateException(error.message()));
        }
    }
}
