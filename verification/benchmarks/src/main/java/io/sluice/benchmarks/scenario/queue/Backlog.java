package io.sluice.benchmarks.scenario.queue;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Persistent messages of 1 KiB with confirms while nobody consumes, then one consumer that acknowledges each of them.
///
/// @param messages how many are measured; a tenth of it goes through another queue before, unmeasured
public record Backlog(int messages) implements Scenario {
    private static final int BODY_BYTES = 1_024;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        var body = new byte[BODY_BYTES];
        new Random(1).nextBytes(body);
        try (var connections = new Connections(peer)) {
            fill(peer, connections, "warm-up", body, messages / 10);
            drain(peer, connections, "warm-up", messages / 10);
            var measures = new ArrayList<>(fill(peer, connections, "backlog", body, messages));
            measures.add(new Measure("memory with the backlog, MB", peer.use().rssBytes() / 1e6));
            measures.addAll(drain(peer, connections, "backlog", messages));
            measures.add(new Measure("peak memory, MB", peer.use().peakRssBytes() / 1e6));
            return measures;
        }
    }

    private static List<Measure> fill(
            RunningPeer peer, Connections connections, String queue, byte[] body, int messages)
            throws Exception {
        connections.declare(queue);
        try (var publisher = Publisher.confirmed(connections)) {
            var watch = new Stopwatch(peer);
            publisher.publish(queue, body, messages);
            publisher.awaitConfirms();
            return watch.stop("publish: ", messages, System.nanoTime());
        }
    }

    private static List<Measure> drain(
            RunningPeer peer, Connections connections, String queue, int messages)
            throws Exception {
        try (var receiver = Receiver.acknowledging(connections, _ -> {})) {
            var arrival = receiver.expect(messages);
            var watch = new Stopwatch(peer);
            receiver.subscribe(queue);
            return watch.stop("drain: ", messages, arrival.await());
        }
    }
}
