package io.sluice.server.warmup;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Publishes with confirms and consumes with an acknowledgement per message, persistent and transient messages: many in flight, then one by one.
public final class AmqpLoad {
    private static final int MANY = 30_000;
    private static final int ONE_BY_ONE = 1_500;
    private static final int IN_FLIGHT = 200;
    private static final String QUEUE = "warm-up";

    private AmqpLoad() {}

    /// @param address of the AMQP listener, on loopback
    public static void run(InetSocketAddress address) throws IOException {
        try (var publisher = new AmqpClient(address);
                var consumer = new AmqpClient(address)) {
            publisher.declare(QUEUE);
            publisher.confirms();
            consumer.consume(QUEUE);
            Crew.work(
                    () -> {
                        publish(publisher, MANY, IN_FLIGHT);
                        publish(publisher, ONE_BY_ONE, 1);
                    },
                    () -> consumer.acknowledge(MANY + ONE_BY_ONE));
            publisher.delete(QUEUE);
        }
    }

    private static void publish(AmqpClient publisher, int messages, int inFlight)
            throws IOException {
        for (int sent = 0; sent < messages; sent += inFlight) {
            for (int i = 0; i < inFlight; i++) {
                publisher.publish(QUEUE, i % 4 > 0);
            }
            publisher.awaitConfirms();
        }
    }
}
