package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A FIFO queue with a backlog over many groups, and sixteen clients that receive up to ten and delete them, until it is empty or their
/// time is over.
///
/// @param groups which messages belong to in turn
/// @param backlog messages of 100 B, sent in batches of ten
/// @param secondsMax for the sends, and again for the receives
public record Groups(int groups, int backlog, int secondsMax) implements Scenario {
    private static final String BODY = "x".repeat(100);

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var crew = new Crew(peer)) {
            var work =
                    Work.on(
                            crew.first(),
                            "work.fifo",
                            "\"FifoQueue\":\"true\",\"VisibilityTimeout\":\"600\"");
            var sending = System.nanoTime();
            var sent = fill(crew, work);
            var sendSeconds = (System.nanoTime() - sending) / 1e9;
            var watch = new Stopwatch(peer);
            var measures =
                    new ArrayList<>(watch.stop("messages", "message", drain(crew, work, sent)));
            measures.add(new Measure("backlog, thousand messages", sent / 1e3));
            measures.add(new Measure("thousand sent/s", sent / 1e3 / sendSeconds));
            return measures;
        }
    }

    private int fill(Crew crew, Work work) throws Exception {
        var next = new AtomicInteger();
        var sent = new AtomicInteger();
        var end = end();
        crew.all(
                (connection, _) -> {
                    for (var first = next.getAndAdd(10);
                            first < backlog && System.nanoTime() < end;
                            first = next.getAndAdd(10)) {
                        var _ = connection.call(batch(work, first));
                        sent.addAndGet(10);
                    }
                });
        return sent.get();
    }

    private byte[] batch(Work work, int first) {
        return work.entries(
                "SendMessageBatch",
                IntStream.range(first, first + 10)
                        .mapToObj(
                                i ->
                                        "{\"Id\":\"%d\",\"MessageBody\":\"%s\",\"MessageGroupId\":\"g%d\",\"MessageDeduplicationId\":\"%d\"}"
                                                .formatted(i - first, BODY, i % groups, i))
                        .toList());
    }

    /// Returns how many were deleted.
    private int drain(Crew crew, Work work, int sent) throws Exception {
        var receive = work.receive(10, 0);
        var deleted = new AtomicInteger();
        var end = end();
        crew.all(
                (connection, _) -> {
                    while (deleted.get() < sent && System.nanoTime() < end) {
                        var handles = Work.handles(connection.call(receive));
                        if (!handles.isEmpty()) {
                            var _ = connection.call(work.delete(handles));
                            deleted.addAndGet(handles.size());
                        }
                    }
                });
        return deleted.get();
    }

    private long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
    }
}
