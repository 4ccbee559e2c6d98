package io.sluice.conformance.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A consumer that keeps what it is sent until the test looks.
final class Inbox extends DefaultConsumer {
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> cancelled = new CompletableFuture<>();

    /// What the broker answered; the client's own field is set later, by another thread.
    private String consumerTag = "";

    Inbox(Channel channel) {
        super(channel);
    }

    /// Consumes `queue` with acknowledgements by hand.
    static Inbox of(Channel channel, String queue) throws IOException {
        return of(channel, queue, Map.of());
    }

    static Inbox of(Channel channel, String queue, Map<String, Object> arguments)
            throws IOException {
        var inbox = new Inbox(channel);
        inbox.consumerTag = channel.basicConsume(queue, false, arguments, inbox);
        return inbox;
    }

    /// Consumes `queue`; what is sent counts as acknowledged.
    static Inbox automatic(Channel channel, String queue) throws IOException {
        var inbox = new Inbox(channel);
        inbox.consumerTag = channel.basicConsume(queue, true, inbox);
        return inbox;
    }

    @Override
    public void handleDelivery(
            String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        deliveries.add(new Delivery(envelope, properties, body));
    }

    @Override
    public void handleCancel(String tag) {
        cancelled.complete(tag);
    }

    String consumerTag() {
        return consumerTag;
    }

    /// The tag of this consumer, once the broker has cancelled it.
    String cancelledByTheBroker() {
        return Clients.done(cancelled);
    }

    Delivery next() throws InterruptedException {
        var next = deliveries.poll(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was delivered");
        }
        return next;
    }

    List<Delivery> next(int count) throws InterruptedException {
        var next = new ArrayList<Delivery>();
        while (next.size() < count) {
            next.add(next());
        }
        return next;
    }

    /// The bodies of the next `count` deliveries.
    List<String> texts(int count) throws InterruptedException {
        return next(count).stream().map(Inbox::text).toList();
    }

    /// The bodies of what has come and was not looked at.
    List<String> waiting() {
        return deliveries.stream().map(Inbox::text).toList();
    }

    static String text(Delivery delivery) {
        return AmqpClients.text(delivery.getBody());
    }

    static long tag(Delivery delivery) {
        return delivery.getEnvelope().getDeliveryTag();
    }
}
