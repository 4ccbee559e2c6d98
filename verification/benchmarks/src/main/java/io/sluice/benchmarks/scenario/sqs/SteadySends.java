package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How long a send takes while sixteen clients send, receive and delete at a steady rate. A send that goes out late because the one
/// before it was held up counts from when it was due.
///
/// @param perSecond cycles a second
/// @param seconds how long is measured; half of it runs before, unmeasured
public record SteadySends(int perSecond, int seconds) implements Scenario {
    private static final String BODY = "x".repeat(256);

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var crew = new Crew(peer)) {
            var work = Work.on(crew.first(), "ticks", "");
            steady(crew, work, new ConcurrentHistogram(3), perSecond * seconds / 2);
            var microseconds = new ConcurrentHistogram(3);
            var watch = new Stopwatch(peer);
            steady(crew, work, microseconds, perSecond * seconds);
            return List.of(
                    new Measure("send p50, ms", at(microseconds, 50)),
                    new Measure("send p99, ms", at(microseconds, 99)),
                    new Measure("send p99.9, ms", at(microseconds, 99.9)),
                    watch.stop("cycles", "cycle", (long) perSecond * seconds).get(1));
        }
    }

    private void steady(Crew crew, Work work, Histogram microseconds, int cycles) throws Exception {
        var send = work.send(BODY);
        var receive = work.receive(1, 20);
        var start = System.nanoTime() + 10_000_000;
        crew.all(
                (connection, member) -> {
                    for (var i = member; i < cycles; i += Crew.SIZE) {
                        var due = start + i * 1_000_000_000L / perSecond;
                        for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
                            LockSupport.parkNanos(due - now);
                        }
                        var _ = connection.call(send);
                        microseconds.recordValue((System.nanoTime() - due) / 1_000);
                        var _ =
                                connection.call(
                                        work.delete(Work.handles(connection.call(receive))));
                    }
                });
    }

    private static double at(Histogram microseconds, double percentile) {
        return microseconds.getValueAtPercentile(percentile) / 1e3;
    }
}
