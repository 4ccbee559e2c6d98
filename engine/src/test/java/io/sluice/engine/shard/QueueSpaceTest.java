package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One old message does not keep those behind it on the disk.
final class QueueSpaceTest {
    private static final int BATCHES = 200;
    private static final int PER_BATCH = 1_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void whatIsConsumedBehindAnOldMessageIsGivenBack() {
        var queue = queues.declare("q", Map.of());
        var slow = queues.consume(queue, 1);
        queues.publish(queue, "the old one");
        assertThat(slow.bodies()).containsExactly("the old one");
        for (int i = 0; i < BATCHES; i++) {
            queues.publish(
                    queue,
                    IntStream.range(0, PER_BATCH)
                            .mapToObj(it -> "x".repeat(64))
                            .toArray(String[]::new));
            consume(queue);
        }
        long before = bytes(queue);
        assertThat(before).isGreaterThan(16L << 20);
        for (int i = 0; i < 10; i++) {
            bench.pass(10_000);
        }
        assertThat(bytes(queue)).isLessThan(before / 20);
        assertThat(queues.start(queue)).isZero();

        // It is still there, leased or ready, and whatever happens.
        slow.settle(Settlement.RETURNED, 0);
        assertThat(slow.bodies()).containsExactly("the old one", "the old one");
        slow.cancel();
        slow.release();
        assertThat(queues.status(queue).ready()).isEqualTo(1);
        queues.publish(queue, "new");
        bench.pass(10);
        bench.crash();
        assertThat(queues.drain(queue)).containsExactly("the old one", "new");
        bench.pass(1_000);
        assertThat(queues.start(queue)).isEqualTo(BATCHES * PER_BATCH + 2L);
    }

    private void consume(QueuePart queue) {
        var fast = queues.consume(queue, 0, 0, false, true);
        while (queues.status(queue).ready() > 0) {
            bench.broker.queues().credit(queue, fast.id, 1 << 20);
            bench.quiet();
        }
        fast.cancel();
    }

    /// As the partition has them.
    private long bytes(QueuePart queue) {
        var hosted = bench.hostedBy(queue.partition()).partition(queue.partition());
        assert hosted != null : "it was declared";
        return hosted.partition().status().bytes();
    }
}
