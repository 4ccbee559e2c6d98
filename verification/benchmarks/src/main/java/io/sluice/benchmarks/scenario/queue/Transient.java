package io.sluice.benchmarks.scenario.queue;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/// Transient messages without confirms to one consumer that acknowledges automatically; at most 10,000 are between the two.
///
/// @param bodyBytes size of each body
/// @param messages how many are measured; half of it goes before, unmeasured
public record Transient(int bodyBytes, int messages) implements Scenario {
    private static final int BETWEEN = 10_000;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        var body = new byte[bodyBytes];
        new Random(1).nextBytes(body);
        var room = new Semaphore(BETWEEN);
        try (var connections = new Connections(peer)) {
            connections.declare("signals");
            try (var publisher = Publisher.fireAndForget(connections, room);
                    var receiver = Receiver.automatic(connections, _ -> room.release())) {
                receiver.subscribe("signals");
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
        publisher.publish("signals", body, messages);
        return arrival.await();
    }
}
