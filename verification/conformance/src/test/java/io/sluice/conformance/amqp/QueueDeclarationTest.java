package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues are declared, under which names, and declared again.
@Conformance
class QueueDeclarationTest {
    @Test
    void theBrokerInventsANameWhenAskedWithoutOne(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        var one = channel.queueDeclare("", false, true, true, Map.of()).getQueue();
        var other = channel.queueDeclare("", false, true, true, Map.of()).getQueue();

        assertThat(one).matches("amq\\.gen-[A-Za-z0-9_-]{22}");
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void noNameMeansTheQueueLastDeclaredOnTheChannel(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var queue = channel.queueDeclare("", false, true, false, Map.of()).getQueue();

        channel.queueBind("", "amq.direct", "");
        channel.basicPublish("amq.direct", queue, null, bytes("x"));
        channel.basicPublish("amq.direct", queue, null, bytes("to be purged"));
        Until.holds("both are there", () -> channel.messageCount(queue) == 2);

        assertThat(text(channel.basicGet("", true).getBody())).isEqualTo("x");
        assertThat(channel.queuePurge("").getMessageCount()).isEqualTo(1);
        var inbox = Inbox.automatic(channel, "");
        channel.basicPublish("", queue, null, bytes("y"));
        assertThat(inbox.texts(1)).containsExactly("y");
        channel.queueDelete("");
        assertThat(clients.exists(queue)).isFalse();
    }

    @Test
    void noNameOnAChannelWithoutAQueueIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueBind("", "amq.direct", "key")))
                .isEqualTo(Refusal.ofChannel(404, "NOT_FOUND - no previously declared queue"));
    }

    @Test
    void declaringTheSameAgainTellsTheCounts(AmqpClients clients) throws Exception {
        var queue = clients.queue("counts");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        channel.basicQos(1);
        var inbox = Inbox.of(channel, queue);
        var _ = inbox.next();

        var declared = clients.channel().queueDeclare(queue, true, false, false, Map.of());
        var passive = clients.channel().queueDeclarePassive(queue);

        assertThat(declared.getQueue()).isEqualTo(queue);
        assertThat(declared.getMessageCount()).as("ready, not held").isEqualTo(2);
        assertThat(declared.getConsumerCount()).isEqualTo(1);
        assertThat(passive.getMessageCount()).isEqualTo(2);
        assertThat(passive.getConsumerCount()).isEqualTo(1);
    }

    @Test
    void aPassiveDeclareOfWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var missing = clients.name("missing");

        assertThat(Refusal.of(() -> channel.queueDeclarePassive(missing)))
                .isEqualTo(Refusal.noQueue(missing));
    }

    @Test
    void aPassiveDeclareDoesNotCompareTheRest(AmqpClients clients) throws Exception {
        var queue = clients.queue("durable");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(
                    1,
                    new AMQImpl.Channel.Open(""),
                    new AMQImpl.Queue.Declare(
                            0, queue, true, false, false, true, false, Map.of("x-expires", 7)));

            wire.receive(AMQImpl.Channel.OpenOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Queue.DeclareOk.class);
        }
    }

    @Test
    void anotherDurabilityIsRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("durable");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDeclare(queue, false, false, false, Map.of())))
                .isEqualTo(inequivalent(queue, "durable", "'false'", "'true'"));
    }

    @Test
    void anotherAutoDeleteIsRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("lasting");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDeclare(queue, true, false, true, Map.of())))
                .isEqualTo(inequivalent(queue, "auto_delete", "'true'", "'false'"));
    }

    @Test
    void anotherExclusivenessIsRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("shared");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDeclare(queue, true, true, false, Map.of())))
                .isEqualTo(Refusal.locked(queue));
    }

    @Test
    void anotherArgumentIsRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("limited", Map.of("x-max-length", 10));
        var changed = clients.channel();
        var missing = clients.channel();
        var added = clients.channel();

        assertThat(
                        Refusal.of(
                                () ->
                                        changed.queueDeclare(
                                                queue,
                                                true,
                                                false,
                                                false,
                                                Map.of("x-max-length", 11))))
                .isEqualTo(inequivalent(queue, "x-max-length", "'11'", "'10'"));
        assertThat(Refusal.of(() -> missing.queueDeclare(queue, true, false, false, Map.of())))
                .isEqualTo(
                        inequivalent(
                                queue,
                                "x-max-length",
                                "none",
                                "the value '10' of type 'signedint'"));
        assertThat(
                        Refusal.of(
                                () ->
                                        added.queueDeclare(
                                                queue,
                                                true,
                                                false,
                                                false,
                                                Map.of("x-max-length", 10, "x-expires", 60_000))))
                .isEqualTo(
                        inequivalent(
                                queue,
                                "x-expires",
                                "the value '60000' of type 'signedint'",
                                "none"));
    }

    @Test
    void argumentsAreComparedByValueNotByWidth(AmqpClients clients) throws Exception {
        var queue = clients.queue("limited", Map.of("x-max-length", 10));
        var channel = clients.channel();

        channel.queueDeclare(queue, true, false, false, Map.of("x-max-length", 10L));
        channel.queueDeclare(queue, true, false, false, Map.of("x-max-length", (short) 10));
        channel.queueDeclare(queue, true, false, false, Map.of("x-max-length", (byte) 10));

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void namesThatBeginWithAmqAreReserved(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDeclare("amq.mine", true, false, false, Map.of())))
                .isEqualTo(
                        Refusal.ofChannel(
                                403,
                                "ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix"
                                        + " 'amq.*'"));
    }

    @Test
    void aNameMayBeOfAnyCharacters(AmqpClients clients) throws Exception {
        var name = clients.name("Zürich/日本 #*.%") + "?".repeat(100);
        var channel = clients.channel();

        channel.queueDeclare(clients.removed(name), true, false, false, Map.of());
        clients.publish(name, "x");

        assertThat(clients.drain(name)).containsExactly("x");
    }

    private static Refusal inequivalent(
            String queue, String argument, String received, String current) {
        return Refusal.ofChannel(
                406,
                "PRECONDITION_FAILED - inequivalent arg '"
                        + argument
                        + "' for queue '"
                        + queue
                        + "' in vhost '/': received "
                        + received
                        + " but current is "
                        + current);
    }
}
