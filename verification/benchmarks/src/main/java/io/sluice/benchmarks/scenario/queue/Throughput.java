package io.sluice.benchmarks.scenario.queue;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Persistent messages with confirms, 1,000 in flight, while one consumer acknowledges each of them, 500 in flight. Until all are
/// confirmed and consumed.
///
/// @param bodyBytes size of each body
/// @param messages how many are measured; half of it goes before, unmeasured
public record Throughput(int bodyBytes, int messages) implements Scenario {
    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        var body = new byte[bodyBytes];
        new Random(1).nextBytes(body);
        try (var connections = new Connections(peer)) {
            connections.declare("work");
            try (var publisher = Publisher.confirmed(connections);
                    var receiver = Receiver.acknowledging(connections, _ -> {})) {
                receiver.subscribe("work");
                pass(publisher, receiver, body, messages / 2);
                var watch = new Stopwatch(peer);
                var end = pass(publisher, receiver, body, messages);
                var measures = new ArrayList<>(watch.stop("", messages, end));
                measures.add(new Measure("peak memory, MB", peer.use().peakRssBytes() / 1e6));
                return measures;
            }
        }
    }

    private static long pass(Publisher publisher, Receiver receiver, byte[] body, int messages)
            throws Exception {
        var arrival = receiver.expect(messages);
        publisher.publish("work", body, messages);
        publisher.awaitConfirms();
        arrival.await();
        return System.nanoTime();
    }
}
