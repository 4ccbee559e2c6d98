package io.sluice.benchmarks.hot;

import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/// What a backlog costs in memory, and how exactly delayed messages come: a queue of a running engine gets ten million messages of 16 bytes, then
/// another one a hundred thousand that are due within ten seconds.
///
/// Run by itself, not by JMH: `verification/benchmarks/queue-backlog`.
public final class QueueBacklog {
    private static final int MESSAGES = 10_000_000;
    private static final int PER_BATCH = 1_000;
    private static final int DELAYED_PER_BATCH = 50;
    private static final int DELAYED = 100_000;
    private static final long DUE_FROM_MILLIS = 5_000;
    private static final int DUE_WITHIN_MILLIS = 10_000;
    private static final byte[] BODY = new byte[16];

    private final ScratchEngine engine;

    private QueueBacklog(ScratchEngine engine) {
        this.engine = engine;
    }

    public static void main(String[] arguments) throws Exception {
        ScratchEngine.run(
                2,
                engine -> {
                    var measured = new QueueBacklog(engine);
                    measured.backlog();
                    measured.delayed();
                });
    }

    private void backlog() throws Exception {
        var queue = engine.declare("backlog", Map.of());
        fill(queue, MESSAGES / 10);
        long before = heapBytes();
        fill(queue, MESSAGES);
        long after = heapBytes();
        System.out.printf(
                "%,d messages of backlog: %,d bytes of heap more (%,d before, %,d after)%n",
                MESSAGES, after - before, before, after);
    }

    private void fill(QueuePart queue, int messages) throws Exception {
        var batch = new BatchBuilder(Compression.NONE, 0, System.currentTimeMillis());
        for (int i = 0; i < PER_BATCH; i++) {
            batch.add(System.currentTimeMillis(), null, BODY);
        }
        var bytes = batch.build().whole();
        for (int i = 0; i < messages; i += PER_BATCH) {
            engine.append(
                    queue,
                    ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip(),
                    false);
        }
    }

    private void delayed() throws Exception {
        var queue = engine.declare("delayed", Map.of());
        long first = System.currentTimeMillis() + DUE_FROM_MILLIS;
        var random = new Random(1);
        for (int i = 0; i < DELAYED; i += DELAYED_PER_BATCH) {
            var batch = new BatchBuilder(Compression.NONE, 0, System.currentTimeMillis());
            for (int m = 0; m < DELAYED_PER_BATCH; m++) {
                long due = first + random.nextInt(DUE_WITHIN_MILLIS);
                var envelope = EnvelopeWriter.write(0, -1, due, "", List.of("k"), null, null);
                batch.add(
                        System.currentTimeMillis(),
                        null,
                        ByteBuffer.allocate(8).putLong(due).array(),
                        new Header(Envelope.HEADER, envelope));
            }
            engine.append(queue, batch.build().whole(), true);
        }
        System.out.printf(
                "%,d delayed messages published %,d ms before the first is due%n",
                DELAYED, first - System.currentTimeMillis());
        var late = new Late(queue);
        engine.subscribe(
                queue,
                new Consumer(
                        late.id,
                        engine.broker.queues().nextConsumerId(),
                        "late",
                        0,
                        false,
                        true,
                        0,
                        1 << 20,
                        late));
        late.done.await();
        System.out.printf(
                "late: p50 %d ms, p99 %d ms, most %d ms%n",
                late.millis.getValueAtPercentile(50),
                late.millis.getValueAtPercentile(99),
                late.millis.getMaxValue());
    }

    /// Counts how late deliveries are.
    private final class Late implements Consumer.Sink {
        private final QueuePart queue;
        private final long id = engine.broker.queues().nextConsumerId();
        private final Histogram millis = new Histogram(3);
        private final AtomicInteger left = new AtomicInteger(DELAYED);
        private final CountDownLatch done = new CountDownLatch(1);

        Late(QueuePart queue) {
            this.queue = queue;
        }

        @Override
        public void delivered(Delivery delivery) {
            long now = System.currentTimeMillis();
            var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
            while (records.next() && records.offset() <= delivery.lastOffset()) {
                var body = records.value();
                assert body != null : "every message here has a body";
                millis.recordValue(Math.max(0, now - body.getLong()));
                if (left.decrementAndGet() == 0) {
                    done.countDown();
                }
            }
            engine.broker.queues().credit(queue, id, delivery.bytes());
        }

        @Override
        public void cancelled(QueuePart part, long consumer) {}
    }

    /// What is used after the collector has been through.
    private static long heapBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(500);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
