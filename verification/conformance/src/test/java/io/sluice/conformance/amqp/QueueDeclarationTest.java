package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues are declared, found, bound, purged and deleted.
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
        channel.basicPublish("", queue, null, bytes("x"));
        Until.holds("it is there", () -> channel.messageCount(queue) == 1);

        assertThat(channel.basicGet("", true)).isNotNull();
        assertThat(channel.queuePurge("").getMessageCount()).isZero();
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
                .isEqualTo(noQueue(missing));
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
                .isEqualTo(locked(queue));
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

    @Test
    void anExclusiveQueueIsLockedForOtherConnections(AmqpClients clients) throws Exception {
        var owner = clients.connect().createChannel();
        var queue = owner.queueDeclare(clients.name("mine"), false, true, false, Map.of());
        var name = queue.getQueue();
        for (var operation :
                List.<Operation>of(
                        channel -> channel.queueDeclare(name, false, true, false, Map.of()),
                        channel -> channel.queueDeclarePassive(name),
                        channel -> channel.basicGet(name, true),
                        channel -> channel.basicConsume(name, new Inbox(channel)),
                        channel -> channel.queuePurge(name),
                        channel -> channel.queueDelete(name),
                        channel -> channel.queueBind(name, "amq.direct", "key"))) {
            var channel = clients.channel();
            assertThat(Refusal.of(() -> operation.on(channel))).isEqualTo(locked(name));
        }
        clients.publish(name, "anyone may publish");
        assertThat(text(owner.basicGet(name, true).getBody())).isEqualTo("anyone may publish");
    }

    @Test
    void anExclusiveQueueGoesWithItsConnection(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var queue = connection.createChannel().queueDeclare().getQueue();

        connection.close();

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void anExclusiveQueueStaysWithItsConnectionWhenTheChannelCloses(AmqpClients clients)
            throws Exception {
        var connection = clients.connect();
        var channel = connection.createChannel();
        var queue = channel.queueDeclare().getQueue();

        channel.close();

        assertThat(connection.createChannel().queueDeclarePassive(queue).getQueue())
                .isEqualTo(queue);
    }

    @Test
    void anAutoDeleteQueueLivesUntilItsLastConsumerHasGone(AmqpClients clients) throws Exception {
        var queue = clients.name("auto");
        var channel = clients.channel();
        channel.queueDeclare(queue, false, false, true, Map.of());
        clients.publish(queue, "nobody has come yet");
        assertThat(clients.exists(queue)).isTrue();
        var first = channel.basicConsume(queue, true, new Inbox(channel));
        var second = channel.basicConsume(queue, true, new Inbox(channel));

        channel.basicCancel(first);
        assertThat(clients.exists(queue)).isTrue();
        channel.basicCancel(second);

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void anAutoDeleteQueueGoesWithTheConnectionOfItsConsumer(AmqpClients clients) throws Exception {
        var queue = clients.name("auto");
        var connection = clients.connect();
        var channel = connection.createChannel();
        channel.queueDeclare(queue, false, false, true, Map.of());
        var _ = channel.basicConsume(queue, true, new Inbox(channel));

        connection.abort();

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void deletingTellsHowManyMessagesWentWithTheQueue(AmqpClients clients) throws Exception {
        var queue = clients.queue("full");
        clients.publish(queue, "a", "b");

        assertThat(clients.channel().queueDelete(queue).getMessageCount()).isEqualTo(2);

        assertThat(clients.exists(queue)).isFalse();
    }

    @Test
    void aQueueOfTheSameNameStartsEmptyAgain(AmqpClients clients) throws Exception {
        var queue = clients.queue("again");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();

        channel.queueDelete(queue);
        channel.queueDeclare(queue, true, false, false, Map.of());

        assertThat(clients.ready(queue)).isZero();
        clients.publish(queue, "c");
        assertThat(clients.drain(queue)).containsExactly("c");
    }

    @Test
    void deletingWhatIsMissingIsFine(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(channel.queueDelete(clients.name("missing")).getMessageCount()).isZero();

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aQueueWithMessagesIsNotDeletedIfEmptyIsAsked(AmqpClients clients) throws Exception {
        var queue = clients.queue("full");
        clients.publish(queue, "a");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDelete(queue, false, true)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - queue '"
                                        + queue
                                        + "' in vhost '/' not empty"));
    }

    @Test
    void aQueueWithConsumersIsNotDeletedIfUnusedIsAsked(AmqpClients clients) throws Exception {
        var queue = clients.queue("used");
        var consuming = clients.channel();
        var _ = Inbox.of(consuming, queue);
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDelete(queue, true, false)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - queue '" + queue + "' in vhost '/' in use"));
    }

    @Test
    void purgingTakesWhatIsReadyAndLeavesWhatIsHeld(AmqpClients clients) throws Exception {
        var queue = clients.queue("purged");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        var held = channel.basicGet(queue, false);

        assertThat(channel.queuePurge(queue).getMessageCount()).isEqualTo(2);

        assertThat(clients.ready(queue)).isZero();
        channel.basicReject(held.getEnvelope().getDeliveryTag(), true);
        assertThat(clients.drain(queue)).containsExactly("a");
    }

    @Test
    void purgingWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var missing = clients.name("missing");

        assertThat(Refusal.of(() -> channel.queuePurge(missing))).isEqualTo(noQueue(missing));
    }

    @Test
    void bindingNeedsTheQueueAndTheExchange(AmqpClients clients) throws Exception {
        var queue = clients.queue("bound");
        var missing = clients.name("missing");
        var one = clients.channel();
        assertThat(Refusal.of(() -> one.queueBind(missing, "amq.direct", "key")))
                .isEqualTo(noQueue(missing));
        var other = clients.channel();
        assertThat(Refusal.of(() -> other.queueBind(queue, missing, "key")))
                .isEqualTo(
                        Refusal.ofChannel(
                                404, "NOT_FOUND - no exchange '" + missing + "' in vhost '/'"));
    }

    @Test
    void bindingTwiceIsOneBinding(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var queue = clients.boundQueue(exchange, "key", "key");
        clients.channel().queueUnbind(queue, exchange, "key");

        clients.publish(exchange, "key", new AMQP.BasicProperties(), "x");

        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void unbindingWhatIsNotBoundIsFine(AmqpClients clients) throws Exception {
        var queue = clients.queue("unbound");
        var channel = clients.channel();

        channel.queueUnbind(queue, "amq.direct", "never bound");
        channel.queueUnbind(queue, clients.name("missing"), "key");
        channel.queueUnbind(clients.name("missing"), "amq.direct", "key");

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void consumingOrGettingFromWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var missing = clients.name("missing");
        var one = clients.channel();
        assertThat(Refusal.of(() -> one.basicGet(missing, true))).isEqualTo(noQueue(missing));
        var other = clients.channel();
        assertThat(Refusal.of(() -> other.basicConsume(missing, new Inbox(other))))
                .isEqualTo(noQueue(missing));
    }

    private static Refusal noQueue(String name) {
        return Refusal.ofChannel(404, "NOT_FOUND - no queue '" + name + "' in vhost '/'");
    }

    private static Refusal locked(String queue) {
        return Refusal.ofChannel(
                405,
                "RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '"
                        + queue
                        + "' in vhost '/'. It could be originally declared on another connection or"
                        + " the exclusive property value does not match that of the original"
                        + " declaration.");
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

    private interface Operation {
        void on(Channel channel) throws IOException;
    }
}
