package io.sluice.conformance.demo.worker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Takes payments over AMQP: acknowledges what was charged, rejects what never will be, gives the rest back.
final class AmqpWorker {
    private static final int PREFETCH = 16;
    private static final int RECOVERY_MILLIS = 250;

    private final Charging charging;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    AmqpWorker(Charging charging) {
        this.charging = charging;
    }

    /// Connects, and again whenever the connection is lost: the client does that by itself.
    void start(int port, String queue) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(RECOVERY_MILLIS);
        var channel = factory.newConnection("amqp-worker").createChannel();
        channel.basicQos(PREFETCH);
        channel.basicConsume(queue, false, "amqp-worker", consumer(channel));
    }

    private DefaultConsumer consumer(Channel channel) {
        return new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                threads.execute(() -> charge(channel, envelope.getDeliveryTag(), body));
            }
        };
    }

    private void charge(Channel channel, long tag, byte[] body) {
        try {
            var outcome = charging.charge(new String(body, StandardCharsets.UTF_8));
            synchronized (channel) {
                switch (outcome) {
                    case CHARGED -> channel.basicAck(tag, false);
                    case IMPOSSIBLE -> channel.basicReject(tag, false);
                    case FAILED -> channel.basicNack(tag, false, true);
                }
            }
        } catch (IOException | com.rabbitmq.client.ShutdownSignalException lost) {
            // The connection is gone: the broker gives the payment to somebody else.
            System.err.println("amqp-worker: not settled, " + lost);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
