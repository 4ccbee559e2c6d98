package io.sluice.benchmarks.scenario.queue;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.stream.IntStream;

/// Declares durable queues one after the other, publishes one persistent message to each, consumes from all of them on one channel.
///
/// @param queues how many are measured; a twentieth of it goes before, unmeasured
public record ManyQueues(int queues) implements Scenario {
    private static final byte[] BODY = new byte[100];

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var connections = new Connections(peer)) {
            pass(peer, connections, "warm-up-", queues / 20);
            return pass(peer, connections, "queue-", queues);
        }
    }

    private static List<Measure> pass(
            RunningPeer peer, Connections connections, String prefix, int queues) throws Exception {
        var names = IntStream.range(0, queues).mapToObj(i -> prefix + i).toList();
        try (var publisher = Publisher.confirmed(connections);
                var receiver = Receiver.acknowledging(connections, _ -> {});
                var connection = connections.open();
                var channel = connection.createChannel()) {
            var before = peer.use();
            var start = System.nanoTime();
            for (var name : names) {
                channel.queueDeclare(name, true, false, false, peer.queueArguments());
            }
            var declared = System.nanoTime();
            for (var name : names) {
                publisher.publish(name, BODY);
            }
            publisher.awaitConfirms();
            var published = System.nanoTime();
            var arrival = receiver.expect(queues);
            for (var name : names) {
                receiver.subscribe(name);
            }
            var consumed = arrival.await();
            var after = peer.use();
            return List.of(
                    new Measure("declare, s", (declared - start) / 1e9),
                    new Measure("one message each, s", (published - declared) / 1e9),
                    new Measure("consume, s", (consumed - published) / 1e9),
                    new Measure("all three, s", (consumed - start) / 1e9),
                    new Measure("broker CPU, s", after.cpuSeconds() - before.cpuSeconds()),
                    new Measure("peak memory, MB", after.peakRssBytes() / 1e6));
        }
    }
}
