package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Many queues with a client each that waits for a message of his own: what the broker uses while they wait, and how soon one of them
/// hears of a message.
///
/// @param queues how many
public record Polls(int queues) implements Scenario {
    private static final int IDLE_SECONDS = 10;
    private static final int LONGEST_POLL_SECONDS = 20;
    private static final int WAKES = 50;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        var polls = new ArrayList<SocketChannel>();
        try (var crew = new Crew(peer)) {
            var works = new Work[queues];
            var creating = System.nanoTime();
            crew.all(
                    (connection, member) -> {
                        for (var i = member; i < queues; i += Crew.SIZE) {
                            works[i] = Work.on(connection, "queue-" + i, "");
                        }
                    });
            var created = (System.nanoTime() - creating) / 1e9;
            for (var i = 0; i < queues; i++) {
                polls.add(connect(peer));
            }
            for (var i = 0; i < queues; i++) {
                polls.get(i).write(ByteBuffer.wrap(works[i].receive(1, LONGEST_POLL_SECONDS)));
            }
            TimeUnit.SECONDS.sleep(2);
            var before = peer.use();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            var after = peer.use();
            var wake = wake(crew.first(), works, polls);
            return List.of(
                    new Measure(
                            "idle CPU, % of a core",
                            (after.cpuSeconds() - before.cpuSeconds()) / IDLE_SECONDS * 100),
                    new Measure("memory, MB", after.rssBytes() / 1e6),
                    new Measure("peak memory, MB", after.peakRssBytes() / 1e6),
                    new Measure("send to answered poll, mean, ms", wake),
                    new Measure("create the queues, s", created));
        } finally {
            for (var poll : polls) {
                poll.close();
            }
        }
    }

    private static SocketChannel connect(RunningPeer peer) throws IOException {
        var channel =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), peer.sqsPort()));
        channel.socket().setTcpNoDelay(true);
        return channel;
    }

    /// Milliseconds from a send to the answer of the poll that waits for it.
    private double wake(Connection sender, Work[] works, List<SocketChannel> polls)
            throws IOException {
        var answer = ByteBuffer.allocate(1 << 16);
        var nanos = 0L;
        var wakes = Math.min(WAKES, queues);
        for (var i = 0; i < wakes; i++) {
            var queue = (int) ((long) i * queues / wakes);
            var start = System.nanoTime();
            var _ = sender.call(works[queue].send("hello"));
            var read = polls.get(queue).read(answer.clear());
            nanos += System.nanoTime() - start;
            if (read <= 0) {
                throw new IOException("a poll was closed");
            }
        }
        return nanos / 1e6 / wakes;
    }
}
