package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Sixteen clients on one standard queue: each sends one message of 100 B, receives one and deletes it.
///
/// @param cycles how many are measured; half of it goes before, unmeasured
public record Cycles(int cycles) implements Scenario {
    private static final String BODY = "x".repeat(100);

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var crew = new Crew(peer)) {
            var work = Work.on(crew.first(), "work", "");
            pass(crew, work, cycles / 2);
            var watch = new Stopwatch(peer);
            pass(crew, work, cycles);
            return watch.stop("cycles", "cycle", cycles);
        }
    }

    private static void pass(Crew crew, Work work, int cycles) throws Exception {
        var send = work.send(BODY);
        var receive = work.receive(1, 20);
        var begun = new AtomicInteger();
        crew.all(
                (connection, _) -> {
                    while (begun.getAndIncrement() < cycles) {
                        var _ = connection.call(send);
                        var _ =
                                connection.call(
                                        work.delete(Work.handles(connection.call(receive))));
                    }
                });
    }
}
