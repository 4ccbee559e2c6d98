package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.impl.AMQContentHeader;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ServedWith;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Publishers are held back, and told so, while the broker has no room; everybody else goes on.
@Conformance
class BlockedTest {
    /// More than any disk has free.
    private static final String A_PEBIBYTE = "1125899906842624";

    /// Two of these are more than four fifths of the memory that the broker is given here.
    private static final String MEMORY = "16MiB";

    private static final int BODY_BYTES = 7 << 20;

    @Test
    @ServedWith({"--memory-budget", MEMORY})
    void aPublisherIsToldThatMemoryIsLowAndThatThereIsRoomAgain(
            AmqpClients clients, BrokerProcess broker) throws Exception {
        var queue = clients.queue("held");
        clients.publish(queue, "before");
        var connection = clients.connect();
        var told = Told.of(connection);
        var channel = connection.createChannel();
        var verdicts = new Verdicts(channel);
        try (var hog = AmqpWire.open(clients.address())) {
            startOfALargeMessage(hog, 1);
            startOfALargeMessage(hog, 2);

            publishUntilTold(told, "blocked: low on memory", verdicts, queue);

            assertThat(told.all()).containsExactly("blocked: low on memory");
            assertThat(clients.drain(queue)).contains("before").doesNotContain("last");
            verdicts.publish("", queue, "last");
        }
        Until.holds("it is told that there is room", () -> told.all().contains("unblocked"));
        assertThat(verdicts.all()).isNotEmpty().doesNotContain(false);
        assertThat(clients.drain(queue)).endsWith("last");
        assertThat(told.all()).containsExactly("blocked: low on memory", "unblocked");
    }

    @Test
    @ServedWith({"--disk-free-min", A_PEBIBYTE})
    void aPublisherIsToldThatTheDiskIsFull(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var queue = clients.queue("held");
        var connection = clients.connect();
        var told = Told.of(connection);
        var verdicts = new Verdicts(connection.createChannel());

        publishUntilTold(told, "blocked: low on disk", verdicts, queue);

        assertThat(told.all()).containsExactly("blocked: low on disk");
        assertThat(broker.tailOfLog()).contains("publishers are held back");
    }

    @Test
    @ServedWith({"--memory-budget", MEMORY})
    void consumersAndAcknowledgementsGoOnWhilePublishersAreHeldBack(
            AmqpClients clients, BrokerProcess broker) throws Exception {
        var queue = clients.queue("held");
        clients.publish(queue, "a", "b", "c");
        var other = clients.queue("held");
        var connection = clients.connect();
        var told = Told.of(connection);
        var channel = connection.createChannel();
        try (var hog = AmqpWire.open(clients.address())) {
            startOfALargeMessage(hog, 1);
            startOfALargeMessage(hog, 2);
            publishUntilTold(
                    told,
                    "blocked: low on memory",
                    new Verdicts(connection.createChannel()),
                    other);

            // On the very connection that is held back.
            channel.basicQos(1);
            var inbox = Inbox.of(channel, queue);
            for (var body : List.of("a", "b", "c")) {
                var next = inbox.next();
                assertThat(Inbox.text(next)).isEqualTo(body);
                channel.basicAck(Inbox.tag(next), false);
            }
            channel.basicCancel(inbox.consumerTag());
            assertThat(channel.queueDeclarePassive(queue).getMessageCount()).isZero();
            channel.close();
            connection.close(5_000);
            assertThat(told.all()).containsExactly("blocked: low on memory");
        }
        assertThat(clients.drain(queue)).isEmpty();
    }

    @Test
    @ServedWith({"--disk-free-min", A_PEBIBYTE})
    void whoDoesNotPublishOrDoesNotUnderstandIsToldNothing(
            AmqpClients clients, BrokerProcess broker) throws Exception {
        var queue = clients.queue("held");
        var publishing = clients.connect();
        var consuming = clients.connect();
        var unknowing =
                clients.connect(
                        factory -> {
                            var properties = new HashMap<>(factory.getClientProperties());
                            properties.put("capabilities", Map.of("publisher_confirms", true));
                            factory.setClientProperties(properties);
                        });
        var toldConsumer = Told.of(consuming);
        var toldUnknowing = Told.of(unknowing);
        Inbox.of(consuming.createChannel(), queue);
        publishUntilTold(
                Told.of(publishing),
                "blocked: low on disk",
                new Verdicts(publishing.createChannel()),
                queue);

        var channel = unknowing.createChannel();
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, bytes("unheard"));

        // What comes behind what might have come.
        unknowing.createChannel().close();
        consuming.createChannel().close();
        assertThat(toldConsumer.all()).isEmpty();
        assertThat(toldUnknowing.all()).isEmpty();
    }

    /// As the broker looks only now and then whether there is room, what is published first may still get through.
    private static void publishUntilTold(Told told, String what, Verdicts verdicts, String queue)
            throws Exception {
        Until.holds(
                "the publisher is told: " + what,
                () -> {
                    if (!verdicts.isWaiting()) {
                        verdicts.publish("", queue, "a message");
                    }
                    return told.all().contains(what);
                });
    }

    /// Announces a body and keeps it back: its memory is reserved from now on.
    private static void startOfALargeMessage(AmqpWire wire, int number) throws IOException {
        wire.send(number, new AMQImpl.Channel.Open(""));
        wire.receive(AMQImpl.Channel.OpenOk.class);
        wire.send(number, new AMQImpl.Basic.Publish(0, "", "nowhere", false, false));
        AMQContentHeader header = new AMQP.BasicProperties();
        wire.send(header.toFrame(number, BODY_BYTES));
    }

    /// What the broker has told a connection about its room.
    private static final class Told {
        private final List<String> words = new ArrayList<>();

        static Told of(Connection connection) {
            var told = new Told();
            connection.addBlockedListener(
                    reason -> told.add("blocked: " + reason), () -> told.add("unblocked"));
            return told;
        }

        private synchronized void add(String word) {
            words.add(word);
        }

        synchronized List<String> all() {
            return List.copyOf(words);
        }
    }
}
