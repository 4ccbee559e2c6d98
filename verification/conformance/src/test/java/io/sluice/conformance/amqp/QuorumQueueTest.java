package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a queue promises that was declared as RabbitMQ's quorum queue.
@Conformance
class QuorumQueueTest {
    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    @Test
    void itTakesAndGivesMessages(AmqpClients clients) throws Exception {
        var queue = clients.queue("quorum", QUORUM);

        clients.publish(queue, "a", "b");

        assertThat(clients.drain(queue)).containsExactly("a", "b");
    }

    @Test
    void itIsAnotherQueueThanAClassicOne(AmqpClients clients) throws Exception {
        var queue = clients.queue("quorum", QUORUM);
        var channel = clients.channel();

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        queue,
                                        true,
                                        false,
                                        false,
                                        Map.of("x-queue-type", "classic")));

        assertThat(refusal)
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue '"
                                        + queue
                                        + "' in vhost '/': received 'classic' but current is"
                                        + " 'quorum'"));
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, true, false", "true, false, true"})
    void itIsDurableAndSharedAndStays(
            boolean durable, boolean exclusive, boolean autoDelete, AmqpClients clients)
            throws Exception {
        var channel = clients.channel();

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        clients.name("quorum"),
                                        durable,
                                        exclusive,
                                        autoDelete,
                                        QUORUM));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
    }

    @Test
    void aGlobalPrefetchIsNotImplemented(AmqpClients clients) throws Exception {
        var queue = clients.queue("quorum", QUORUM);
        var connection = clients.connect();
        var channel = connection.createChannel();
        channel.basicQos(5, true);

        var refusal = Refusal.of(() -> Inbox.of(channel, queue));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CONNECTION);
        assertThat(refusal.code()).isEqualTo(540);
        assertThat(refusal.text()).startsWith("NOT_IMPLEMENTED - ");
    }

    @Test
    void everyDeliveryAfterTheFirstSaysHowOftenItWasTried(AmqpClients clients) throws Exception {
        var queue = clients.queue("quorum", QUORUM);
        clients.publish(queue, "a");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);

        for (var attempt = 0L; attempt < 4; attempt++) {
            var delivery = inbox.next();
            assertThat(delivery.getEnvelope().isRedeliver()).isEqualTo(attempt > 0);
            // RabbitMQ 4 leaves the header out of the first delivery.
            var headers = delivery.getProperties().getHeaders();
            var count = headers == null ? null : headers.get("x-delivery-count");
            if (attempt > 0 || count != null) {
                assertThat(count).isEqualTo(attempt);
            }
            channel.basicReject(Inbox.tag(delivery), true);
        }
    }

    @Test
    void aMessageIsGivenUpBeyondItsDeliveryLimit(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue =
                clients.queue(
                        "quorum",
                        Map.of(
                                "x-queue-type",
                                "quorum",
                                "x-delivery-limit",
                                2,
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                letters));
        clients.publish(queue, "poison");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);

        for (var attempt = 0; attempt < 3; attempt++) {
            channel.basicReject(Inbox.tag(inbox.next()), true);
        }

        Until.holds("it is a dead letter", () -> clients.ready(letters) == 1);
        assertThat(inbox.waiting()).isEmpty();
        var letter = clients.channel().basicGet(letters, true);
        assertThat(letter.getProps().getHeaders().get("x-first-death-reason"))
                .hasToString("delivery_limit");
    }

    @Test
    void attemptsOfLostConsumersCount(AmqpClients clients) throws Exception {
        var queue =
                clients.queue("quorum", Map.of("x-queue-type", "quorum", "x-delivery-limit", 1));
        clients.publish(queue, "poison");

        for (var attempt = 0; attempt < 2; attempt++) {
            var connection = clients.connect();
            var delivery = Inbox.of(connection.createChannel(), queue).next();
            assertThat(Inbox.text(delivery)).isEqualTo("poison");
            connection.close();
        }

        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        clients.publish(queue, "wholesome");
        assertThat(inbox.texts(1)).containsExactly("wholesome");
    }

    @Test
    void prioritiesAreNotForIt(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        clients.name("quorum"),
                                        true,
                                        false,
                                        false,
                                        Map.of("x-queue-type", "quorum", "x-max-priority", 5)));

        assertThat(refusal.code()).isEqualTo(406);
    }
}
