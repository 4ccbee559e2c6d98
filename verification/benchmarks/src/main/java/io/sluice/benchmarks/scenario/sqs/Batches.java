package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Sixteen clients on one standard queue: each sends ten, receives up to ten and deletes them, until all that was sent is deleted.
///
/// @param bodyBytes size of each body
/// @param messages how many are measured; half of it goes before, unmeasured
public record Batches(int bodyBytes, int messages) implements Scenario {
    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var crew = new Crew(peer)) {
            var work = Work.on(crew.first(), "work", "");
            pass(crew, work, messages / 2);
            var watch = new Stopwatch(peer);
            var deleted = pass(crew, work, messages);
            return watch.stop("messages", "message", deleted);
        }
    }

    private int pass(Crew crew, Work work, int messages) throws Exception {
        var send = work.sendTen("x".repeat(bodyBytes));
        var receive = work.receive(10, 0);
        var sent = new AtomicInteger();
        var deleted = new AtomicInteger();
        crew.all(
                (connection, _) -> {
                    while (sent.getAndAdd(10) < messages) {
                        var _ = connection.call(send);
                        take(connection, work, receive, deleted);
                    }
                });
        // The last one of each has counted without sending.
        var total = sent.get() - 10 * Crew.SIZE;
        crew.all(
                (connection, _) -> {
                    while (deleted.get() < total) {
                        take(connection, work, receive, deleted);
                    }
                });
        return total;
    }

    private static void take(
            Connection connection, Work work, byte[] receive, AtomicInteger deleted)
            throws Exception {
        var handles = Work.handles(connection.call(receive));
        if (!handles.isEmpty()) {
            var _ = connection.call(work.delete(handles));
            deleted.addAndGet(handles.size());
        }
    }
}
