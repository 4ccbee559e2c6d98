package io.sluice.benchmarks.scenario.queue;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.sluice.benchmarks.peer.RunningPeer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Connections to one broker: blocking sockets, no recovery, one thread that all consumers share. The client has both cores in common with the
/// broker, so it does as little as it can.
final class Connections implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConnectionFactory factory = new ConnectionFactory();
    private final ExecutorService consumers = Executors.newSingleThreadExecutor();
    private final RunningPeer peer;

    Connections(RunningPeer peer) {
        this.peer = peer;
        factory.setHost("127.0.0.1");
        factory.setPort(peer.amqpPort());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setSharedExecutor(consumers);
    }

    /// A new connection, as soon as the broker has started.
    Connection open() throws IOException, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return factory.newConnection();
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /// Declares a durable queue of the kind that is to be measured.
    void declare(String queue) throws IOException, TimeoutException, InterruptedException {
        try (var connection = open();
                var channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, peer.queueArguments());
        }
    }

    @Override
    public void close() {
        consumers.shutdown();
    }
}
