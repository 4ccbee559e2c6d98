package io.sluice.benchmarks.scenario.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Consumes and counts on a connection of its own.
final class Receiver implements AutoCloseable {
    private static final int PREFETCH = 500;
    private static final int PATIENCE_MINUTES = 20;

    private final Connection connection;
    private final Channel channel;
    private final Counter counter;

    /// @param then what is done with each body, on the client's thread
    private Receiver(Connections connections, boolean automatic, Consumer<byte[]> then)
            throws IOException, TimeoutException, InterruptedException {
        connection = connections.open();
        channel = connection.createChannel();
        counter = new Counter(channel, automatic, then);
    }

    /// One ack per message, at most 500 messages without it.
    static Receiver acknowledging(Connections connections, Consumer<byte[]> then)
            throws IOException, TimeoutException, InterruptedException {
        var receiver = new Receiver(connections, false, then);
        receiver.channel.basicQos(PREFETCH);
        return receiver;
    }

    /// Messages are gone once they are sent.
    static Receiver automatic(Connections connections, Consumer<byte[]> then)
            throws IOException, TimeoutException, InterruptedException {
        return new Receiver(connections, true, then);
    }

    /// Counts from now on; to be called while no message is on its way.
    Arrival expect(int messages) {
        var arrival = new Arrival(messages);
        counter.next = arrival;
        return arrival;
    }

    /// Consumes from one more queue.
    void subscribe(String queue) throws IOException {
        channel.basicConsume(queue, counter.automatic, counter);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /// A number of messages that are awaited.
    static final class Arrival {
        private final CompletableFuture<Long> lastNanos = new CompletableFuture<>();
        private int missing;

        private Arrival(int messages) {
            missing = messages;
        }

        /// Returns the `System.nanoTime` at which the last one came.
        long await() throws ExecutionException, TimeoutException, InterruptedException {
            return lastNanos.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
    }

    /// Called by the client's one thread for consumers.
    private static final class Counter extends DefaultConsumer {
        private final boolean automatic;
        private final Consumer<byte[]> then;
        private volatile Arrival next = new Arrival(0);

        private Counter(Channel channel, boolean automatic, Consumer<byte[]> then) {
            super(channel);
            this.automatic = automatic;
            this.then = then;
        }

        @Override
        public void handleDelivery(
                String tag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            then.accept(body);
            if (!automatic) {
                getChannel().basicAck(envelope.getDeliveryTag(), false);
            }
            var arrival = next;
            if (--arrival.missing == 0) {
                arrival.lastNanos.complete(System.nanoTime());
            }
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
            next.lastNanos.completeExceptionally(signal);
        }
    }
}
