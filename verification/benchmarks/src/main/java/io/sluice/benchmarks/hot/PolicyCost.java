package io.sluice.benchmarks.hot;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardThreads;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.FileStorage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;

/// What retry, dead letters and a breaker that watches failures, slowness and bursts cost a queue at which nothing fails: messages are handed out and acknowledged in turns by
/// a queue that has all of them and by one that has none, in one engine without forces, so that nothing but its own work is measured. Figures are ratios of medians.
///
/// Run by itself, not by JMH: `verification/benchmarks/policy-cost`.
public final class PolicyCost {
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 30;
    private static final int MESSAGES = 400_000;
    private static final int PER_BATCH = 1_000;
    private static final int PREFETCH = 500;
    private static final byte[] BODY = new byte[64];
    private static final Map<String, String> POLICIES =
            Map.of(
                    "x-sluice-retry-initial-ms", "1000",
                    "x-sluice-retry-max-attempts", "5",
                    "x-dead-letter-exchange", "\"\"",
                    "x-dead-letter-routing-key", "\"dead\"",
                    "x-sluice-breaker-failure-percent", "50",
                    "x-sluice-breaker-slow-percent", "50",
                    "x-sluice-breaker-dead-letters", "100",
                    "x-sluice-breaker-window", "\"seconds\"",
                    "x-sluice-breaker-window-size", "60");

    private final ShardedBroker broker;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private int queues;

    private PolicyCost(ShardedBroker broker) {
        this.broker = broker;
    }

    public static void main(String[] arguments) throws Exception {
        var directory = ScratchDirectory.create();
        try (var files = FileStorage.open(directory.path());
                var store =
                        EmbeddedLogStore.open(files, StoreSettings.defaults(), PolicyCost::fail);
                var broker =
                        ShardedBroker.open(
                                store,
                                ShardSettings.defaults(1).withForced(false),
                                Clock.system(),
                                new Random(1),
                                ShardThreads.platform(),
                                PolicyCost::fail)) {
            new PolicyCost(broker).measure();
        } finally {
            directory.delete();
        }
    }

    private static void fail(Throwable cause) {
        throw new IllegalStateException(cause);
    }

    /// @param nanos passed on the clock
    /// @param cpuNanos that the shard's thread has used: what counts on a machine that does other work, too
    private record Round(long nanos, long cpuNanos) {}

    private void measure() throws Exception {
        declare("dead", Map.of());
        var plain = declare("plain", Map.of());
        var with = declare("with", POLICIES);
        var ofPlain = new Round[ROUNDS];
        var ofWith = new Round[ROUNDS];
        for (int i = -WARM_UP_ROUNDS; i < ROUNDS; i++) {
            // Whoever goes second finds what the first has left: they take turns in that, too.
            boolean plainFirst = i % 2 == 0;
            var first = round(plainFirst ? plain : with);
            var second = round(plainFirst ? with : plain);
            if (i >= 0) {
                ofPlain[i] = plainFirst ? first : second;
                ofWith[i] = plainFirst ? second : first;
            }
        }
        System.out.printf(
                "%,d messages handed out and acknowledged, %d times: %.0f ns each without policies, %.0f ns with: %.3f times; of the shard's own %.0f ns and %.0f ns: %.3f times%n",
                MESSAGES,
                ROUNDS,
                perMessage(ofPlain, Round::nanos),
                perMessage(ofWith, Round::nanos),
                perMessage(ofWith, Round::nanos) / perMessage(ofPlain, Round::nanos),
                perMessage(ofPlain, Round::cpuNanos),
                perMessage(ofWith, Round::cpuNanos),
                perMessage(ofWith, Round::cpuNanos) / perMessage(ofPlain, Round::cpuNanos));
    }

    private static double perMessage(Round[] rounds, ToLongFunction<Round> nanos) {
        return median(Arrays.stream(rounds).mapToLong(nanos).toArray()) / MESSAGES;
    }

    private static double median(long[] values) {
        Arrays.sort(values);
        return (values[values.length / 2 - 1] + values[values.length / 2]) / 2.0;
    }

    private Round round(QueuePart queue) throws Exception {
        fill(queue);
        long begun = System.nanoTime();
        var worker = new Worker(queue);
        subscribe(queue, worker);
        worker.done.await();
        var round = new Round(System.nanoTime() - begun, worker.cpuNanos);
        var cancelled = new Answer<Boolean>();
        broker.queues().cancel(queue, worker.id, cancelled);
        cancelled.future.get();
        return round;
    }

    private void fill(QueuePart queue) throws Exception {
        for (int i = 0; i < MESSAGES; i += PER_BATCH) {
            long now = System.currentTimeMillis();
            var batch = new BatchBuilder(Compression.NONE, 0, now);
            for (int m = 0; m < PER_BATCH; m++) {
                batch.add(now, null, BODY);
            }
            var bytes = batch.build().whole();
            var reply = new Answer<Append.Appended>();
            broker.append(
                    new Append(
                            queue.partition(),
                            Buffer.unpooled(
                                    ByteBuffer.allocate(bytes.remaining()).put(bytes).flip())),
                    reply);
            reply.future.get();
        }
    }

    private void subscribe(QueuePart queue, Worker worker) throws Exception {
        var reply = new Answer<QueueStatus>();
        broker.queues()
                .subscribe(
                        queue,
                        new Consumer(
                                worker.id,
                                worker.owner,
                                "worker",
                                0,
                                false,
                                false,
                                PREFETCH,
                                1 << 20,
                                worker),
                        reply);
        reply.future.get();
    }

    /// Acknowledges what it gets at once.
    private final class Worker implements Consumer.Sink {
        private final QueuePart queue;
        private final long id = broker.queues().nextConsumerId();
        private final long owner = broker.queues().nextConsumerId();
        private final CountDownLatch done = new CountDownLatch(1);
        private long left = MESSAGES;

        /// First what the shard's thread had used at the first delivery, then what it used until the last acknowledgement.
        private long cpuNanos;

        Worker(QueuePart queue) {
            this.queue = queue;
        }

        @Override
        public void delivered(Delivery delivery) {
            if (left == MESSAGES) {
                cpuNanos = threads.getCurrentThreadCpuTime();
            }
            var range = new long[] {delivery.firstOffset(), delivery.lastOffset()};
            broker.queues().credit(queue, id, delivery.bytes());
            left -= range[1] - range[0] + 1;
            var settlement = new Settlement(owner, range, Settlement.ACCEPTED);
            if (left > 0) {
                broker.queues().settle(queue, settlement);
            } else {
                broker.queues().settle(queue, settlement, new Last());
            }
        }

        @Override
        public void cancelled(QueuePart part, long consumer) {}

        private final class Last implements Reply<Integer> {
            @Override
            public void done(Integer value) {
                cpuNanos = threads.getCurrentThreadCpuTime() - cpuNanos;
                done.countDown();
            }

            @Override
            public void refused(BrokerError error) {
                fail(new IllegalStateException(error.message()));
            }
        }
    }

    private QueuePart declare(String name, Map<String, String> arguments) throws Exception {
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
        return reply.future.get().queue(Queue.DEFAULT_NAMESPACE, name).orElseThrow().part(0);
    }

    private static final class Answer<T> implements Reply<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();

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
