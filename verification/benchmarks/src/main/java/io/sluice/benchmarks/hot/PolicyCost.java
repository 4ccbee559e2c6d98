package io.sluice.benchmarks.hot;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
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

    private final ScratchEngine engine;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private PolicyCost(ScratchEngine engine) {
        this.engine = engine;
    }

    public static void main(String[] arguments) throws Exception {
        ScratchEngine.run(1, engine -> new PolicyCost(engine).measure());
    }

    /// @param nanos passed on the clock
    /// @param cpuNanos that the shard's thread has used: what counts on a machine that does other work, too
    private record Round(long nanos, long cpuNanos) {}

    private void measure() throws Exception {
        engine.declare("dead", Map.of());
        var plain = engine.declare("plain", Map.of());
        var with = engine.declare("with", POLICIES);
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
        engine.subscribe(
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
                        worker));
        worker.done.await();
        var round = new Round(System.nanoTime() - begun, worker.cpuNanos);
        engine.cancel(queue, worker.id);
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
            engine.append(queue, ByteBuffer.allocate(bytes.remaining()).put(bytes).flip(), false);
        }
    }

    /// Acknowledges what it gets at once.
    private final class Worker implements Consumer.Sink {
        private final QueuePart queue;
        private final long id = engine.broker.queues().nextConsumerId();
        private final long owner = engine.broker.queues().nextConsumerId();
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
            engine.broker.queues().credit(queue, id, delivery.bytes());
            left -= range[1] - range[0] + 1;
            var settlement = new Settlement(owner, range, Settlement.ACCEPTED);
            if (left > 0) {
                engine.broker.queues().settle(queue, settlement);
            } else {
                engine.broker.queues().settle(queue, settlement, new Last());
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
                ScratchEngine.fail(new IllegalStateException(error.message()));
            }
        }
    }
}
