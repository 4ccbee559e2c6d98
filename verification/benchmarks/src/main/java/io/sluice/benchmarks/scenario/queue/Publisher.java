package io.sluice.benchmarks.scenario.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Publishes through the default exchange, on a connection of its own and on the caller's thread, while it has room.
final class Publisher implements AutoCloseable {
    private static final int IN_FLIGHT = 1_000;
    private static final int PATIENCE_SECONDS = 60;

    private final Connection connection;
    private final Channel channel;
    private final BasicProperties properties;
    private final Semaphore room;

    private Publisher(Connections connections, int deliveryMode, Semaphore room)
            throws IOException, TimeoutException, InterruptedException {
        this.properties = new BasicProperties.Builder().deliveryMode(deliveryMode).build();
        this.room = room;
        connection = connections.open();
        channel = connection.createChannel();
    }

    /// Persistent messages, at most 1,000 of them without their confirm.
    static Publisher confirmed(Connections connections)
            throws IOException, TimeoutException, InterruptedException {
        var publisher = new Publisher(connections, 2, new Semaphore(IN_FLIGHT));
        publisher.channel.confirmSelect();
        publisher.channel.addConfirmListener(new Confirms(publisher.room));
        return publisher;
    }

    /// Transient messages without confirms.
    ///
    /// @param room a permit for each message that may be on its way
    static Publisher fireAndForget(Connections connections, Semaphore room)
            throws IOException, TimeoutException, InterruptedException {
        return new Publisher(connections, 1, room);
    }

    void publish(String queue, byte[] body) throws IOException, InterruptedException {
        if (!room.tryAcquire()) {
            acquire(1);
        }
        channel.basicPublish("", queue, properties, body);
    }

    void publish(String queue, byte[] body, int messages) throws IOException, InterruptedException {
        for (var i = 0; i < messages; i++) {
            publish(queue, body);
        }
    }

    /// Returns when every message is confirmed.
    void awaitConfirms() throws IOException, InterruptedException {
        acquire(IN_FLIGHT);
        room.release(IN_FLIGHT);
    }

    private void acquire(int permits) throws IOException, InterruptedException {
        if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                    "no room for a minute; connection " + connection.getCloseReason());
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
