package io.sluice.benchmarks.scenario.queue;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Latency from the moment at which a persistent message was due to be published to the moment at which a consumer has it, at a steady
/// rate, with confirms and one ack per message. A message that goes out late because the one before it was held up counts from when it
/// was due.
///
/// @param perSecond messages a second
/// @param seconds how long is measured; half of it runs before, unmeasured
/// @param warmUpMessages how many run before that as fast as the broker confirms, so that the compilers of both sides have most of their work behind them
public record Latency(int perSecond, int seconds, int warmUpMessages) implements Scenario {
    private static final int BODY_BYTES = 256;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        var warmUp = new Histogram(3);
        var microseconds = new Histogram(3);
        try (var connections = new Connections(peer)) {
            connections.declare("ticks");
            flatOut(connections, warmUpMessages);
            steady(peer, connections, warmUp, perSecond * seconds / 2);
            var cpu = steady(peer, connections, microseconds, perSecond * seconds);
            return List.of(
                    new Measure("end to end p50, ms", at(microseconds, 50)),
                    new Measure("end to end p99, ms", at(microseconds, 99)),
                    new Measure("end to end p99.9, ms", at(microseconds, 99.9)),
                    new Measure("end to end, longest, ms", at(microseconds, 100)),
                    cpu);
        }
    }

    /// As fast as the broker confirms.
    private static void flatOut(Connections connections, int messages) throws Exception {
        try (var publisher = Publisher.confirmed(connections);
                var receiver = Receiver.acknowledging(connections, _ -> {})) {
            receiver.subscribe("ticks");
            var arrival = receiver.expect(messages);
            publisher.publish("ticks", new byte[BODY_BYTES], messages);
            publisher.awaitConfirms();
            arrival.await();
        }
    }

    private Measure steady(
            RunningPeer peer, Connections connections, Histogram microseconds, int messages)
            throws Exception {
        try (var publisher = Publisher.confirmed(connections);
                var receiver =
                        Receiver.acknowledging(connections, body -> record(microseconds, body))) {
            receiver.subscribe("ticks");
            var arrival = receiver.expect(messages);
            var watch = new Stopwatch(peer);
            var start = System.nanoTime() + 1_000_000;
            for (var i = 0; i < messages; i++) {
                var due = start + i * 1_000_000_000L / perSecond;
                for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                publisher.publish("ticks", ByteBuffer.allocate(BODY_BYTES).putLong(due).array());
            }
            return watch.stop("", messages, arrival.await()).get(1);
        }
    }

    private static void record(Histogram microseconds, byte[] body) {
        microseconds.recordValue((System.nanoTime() - ByteBuffer.wrap(body).getLong()) / 1_000);
    }

    private static double at(Histogram microseconds, double percentile) {
        return microseconds.getValueAtPercentile(percentile) / 1e3;
    }
}
