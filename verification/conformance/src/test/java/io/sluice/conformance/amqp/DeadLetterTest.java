package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where messages go that a queue does not keep, and what they say of it.
@Conformance
class DeadLetterTest {
    @Test
    void aRejectedMessageSaysWhereItWasAndWhy(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters));
        var before = Instant.now().minusSeconds(2);
        clients.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .contentType("text/plain")
                        .messageId("17")
                        .headers(Map.of("kept", "yes"))
                        .build(),
                "a");

        reject(clients, queue);

        var letter = letter(clients, letters);
        assertThat(text(letter.getBody())).isEqualTo("a");
        assertThat(letter.getEnvelope().getExchange()).isEmpty();
        assertThat(letter.getEnvelope().getRoutingKey()).isEqualTo(letters);
        assertThat(letter.getEnvelope().isRedeliver()).isFalse();
        assertThat(letter.getProps().getContentType()).isEqualTo("text/plain");
        assertThat(letter.getProps().getMessageId()).isEqualTo("17");
        var headers = plain(letter.getProps().getHeaders());
        assertThat(headers)
                .containsEntry("kept", "yes")
                .containsEntry("x-first-death-queue", queue)
                .containsEntry("x-first-death-reason", "rejected")
                .containsEntry("x-first-death-exchange", "");
        var death = deaths(letter).getFirst();
        assertThat(death)
                .containsOnlyKeys("count", "reason", "queue", "time", "exchange", "routing-keys")
                .containsEntry("count", 1L)
                .containsEntry("reason", "rejected")
                .containsEntry("queue", queue)
                .containsEntry("exchange", "")
                .containsEntry("routing-keys", List.of(queue));
        assertThat(((Date) Clients.at(death, "time")).toInstant())
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void aLetterKeepsItsKeyUnlessAnotherIsSet(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var letters = clients.boundQueue(exchange, "first");
        var source = clients.exchange(BuiltinExchangeType.DIRECT);
        var queue = clients.queue("source", Map.of("x-dead-letter-exchange", exchange));
        clients.channel().queueBind(queue, source, "first");
        clients.publish(source, "first", new AMQP.BasicProperties(), "a");

        reject(clients, queue);

        var letter = letter(clients, letters);
        assertThat(letter.getEnvelope().getExchange()).isEqualTo(exchange);
        assertThat(letter.getEnvelope().getRoutingKey()).isEqualTo("first");
        assertThat(deaths(letter).getFirst())
                .containsEntry("exchange", source)
                .containsEntry("routing-keys", List.of("first"));
    }

    @Test
    void anExpiredMessageLosesItsExpiration(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters));
        clients.publish(
                "", queue, new AMQP.BasicProperties.Builder().expiration("30").build(), "a");

        var letter = letter(clients, letters);

        assertThat(letter.getProps().getExpiration()).isNull();
        assertThat(deaths(letter).getFirst())
                .containsEntry("reason", "expired")
                .containsEntry("original-expiration", "30");
    }

    @Test
    void aMessageExpiredByItsQueueHasNoExpirationOfItsOwn(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters, Map.of("x-message-ttl", 30)));
        clients.publish(queue, "a", "b");

        assertThat(deaths(letter(clients, letters)).getFirst())
                .containsEntry("reason", "expired")
                .doesNotContainKey("original-expiration");
        assertThat(text(letter(clients, letters).getBody())).isEqualTo("b");
    }

    @Test
    void whatMakesRoomIsDeadLettered(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters, Map.of("x-max-length", 1)));
        clients.publish(queue, "a", "b");

        var letter = letter(clients, letters);

        assertThat(text(letter.getBody())).isEqualTo("a");
        assertThat(deaths(letter).getFirst()).containsEntry("reason", "maxlen");
    }

    @Test
    void requeuedAndAcknowledgedMessagesAreNoLetters(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters));
        clients.publish(queue, "a");
        var channel = clients.channel();

        channel.basicReject(channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), true);
        channel.basicAck(channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false);

        assertThat(clients.ready(queue)).isZero();
        assertThat(clients.ready(letters)).isZero();
    }

    @Test
    void purgingAndDeletingMakeNoLetters(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters));
        clients.publish(queue, "a");
        clients.channel().queuePurge(queue);
        clients.publish(queue, "b");
        clients.channel().queueDelete(queue);

        assertThat(clients.ready(letters)).isZero();
    }

    @Test
    void manyMessagesRejectedAtOnceKeepTheirOrder(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source", to(letters));
        clients.publish(queue, "a", "b", "c", "d");
        var channel = clients.channel();
        var held = Inbox.of(channel, queue).next(4);

        channel.basicNack(Inbox.tag(held.getLast()), true, false);

        Until.holds("the letters are there", () -> clients.ready(letters) == 4);
        assertThat(clients.drain(letters)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whatAClientSendsRoundAgainHasOneEntryPerQueueAndReason(AmqpClients clients) throws Exception {
        var second = clients.queue("second");
        var first = clients.queue("first", to(second));
        var channel = clients.channel();
        clients.publish(first, "a");
        reject(clients, first);
        var once = letter(clients, second);
        var firstTime = Clients.at(deaths(once).getFirst(), "time");

        // A consumer that sends it round again, with its headers.
        channel.basicPublish("", first, once.getProps(), once.getBody());
        Until.holds("it is there again", () -> clients.ready(first) == 1);
        reject(clients, first);

        var twice = letter(clients, second);
        assertThat(deaths(twice)).hasSize(1);
        // RabbitMQ 4 no longer believes what a client says of earlier deaths.
        if (Clients.at(deaths(twice).getFirst(), "count").equals(2L)) {
            assertThat(deaths(twice).getFirst()).containsEntry("time", firstTime);
        } else {
            assertThat(deaths(twice).getFirst()).containsEntry("count", 1L);
        }
    }

    @Test
    void theLatestDeathStandsFirst(AmqpClients clients) throws Exception {
        var last = clients.queue("last");
        var second = clients.queue("second", to(last, Map.of("x-message-ttl", 20)));
        var first = clients.queue("first", to(second));
        clients.publish(first, "a");

        reject(clients, first);

        var letter = letter(clients, last);
        assertThat(deaths(letter))
                .extracting(death -> death.get("queue"))
                .containsExactly(second, first);
        assertThat(deaths(letter))
                .extracting(death -> death.get("reason"))
                .containsExactly("expired", "rejected");
        assertThat(plain(letter.getProps().getHeaders()))
                .containsEntry("x-first-death-queue", first)
                .containsEntry("x-first-death-reason", "rejected");
    }

    @Test
    void aCircleWithoutARejectionEnds(AmqpClients clients) throws Exception {
        var queue = clients.name("circle");
        clients.channel()
                .queueDeclare(
                        clients.removed(queue),
                        true,
                        false,
                        false,
                        Map.of(
                                "x-message-ttl",
                                30,
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                queue));

        clients.publish(queue, "a");

        Until.holds("it is dropped", () -> clients.ready(queue) == 0);
    }

    @Test
    void aCircleWithARejectionGoesOnAndRepeatedDeathsAreCounted(AmqpClients clients)
            throws Exception {
        var work = clients.name("work");
        var wait = clients.queue("wait", to(work, Map.of("x-message-ttl", 30)));
        var channel = clients.channel();
        channel.queueDeclare(clients.removed(work), true, false, false, to(wait));
        clients.publish(work, "retry me");
        var inbox = Inbox.of(channel, work);

        for (var round = 0L; round < 3; round++) {
            var delivery = inbox.next();
            var times = round;
            if (round > 0) {
                assertThat(deaths(delivery.getProperties()))
                        .anySatisfy(
                                death ->
                                        assertThat(death)
                                                .containsEntry("queue", work)
                                                .containsEntry("reason", "rejected")
                                                .containsEntry("count", times));
                assertThat(deaths(delivery.getProperties())).hasSize(2);
            }
            channel.basicReject(Inbox.tag(delivery), false);
        }
        channel.basicAck(Inbox.tag(inbox.next()), false);
    }

    @Test
    void lettersForAnExchangeThatIsMissingAreDropped(AmqpClients clients) throws Exception {
        var queue =
                clients.queue("source", Map.of("x-dead-letter-exchange", clients.name("missing")));
        clients.publish(queue, "a");

        reject(clients, queue);

        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void aLetterReachesEveryQueueOfItsExchange(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var one = clients.boundQueue(exchange, "");
        var other = clients.boundQueue(exchange, "");
        var queue = clients.queue("source", Map.of("x-dead-letter-exchange", exchange));
        clients.publish(queue, "a");

        reject(clients, queue);

        assertThat(text(letter(clients, one).getBody())).isEqualTo("a");
        assertThat(text(letter(clients, other).getBody())).isEqualTo("a");
    }

    @Test
    void carbonCopiesAreNotSentAgainWhenALetterHasAKeyOfItsOwn(AmqpClients clients)
            throws Exception {
        var letters = clients.queue("letters");
        var copy = clients.queue("copy");
        var queue = clients.queue("source", to(letters));
        clients.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().headers(Map.of("CC", List.of(copy))).build(),
                "a");
        assertThat(clients.drain(copy)).containsExactly("a");

        reject(clients, queue);

        var letter = letter(clients, letters);
        assertThat(letter.getProps().getHeaders()).doesNotContainKey("CC");
        assertThat(deaths(letter).getFirst()).containsEntry("routing-keys", List.of(queue, copy));
        assertThat(clients.ready(copy)).isZero();
    }

    private static Map<String, Object> to(String letters) {
        return to(letters, Map.of());
    }

    private static Map<String, Object> to(String letters, Map<String, Object> more) {
        var arguments = new HashMap<>(more);
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", letters);
        return arguments;
    }

    private static void reject(AmqpClients clients, String queue) throws Exception {
        var channel = clients.channel();
        var got = channel.basicGet(queue, false);
        assertThat(got).as("what is to be rejected").isNotNull();
        channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
        channel.close();
    }

    private static GetResponse letter(AmqpClients clients, String queue) throws Exception {
        Until.holds("a letter is there", () -> clients.ready(queue) > 0);
        return clients.channel().basicGet(queue, true);
    }

    private static List<Map<String, Object>> deaths(GetResponse letter) {
        return deaths(letter.getProps());
    }

    private static List<Map<String, Object>> deaths(AMQP.BasicProperties properties) {
        return ((List<?>) Clients.at(properties.getHeaders(), "x-death"))
                .stream().map(death -> plain((Map<?, ?>) death)).toList();
    }

    /// With strings instead of the client's long ones.
    private static Map<String, Object> plain(Map<?, ?> table) {
        var plain = new HashMap<String, Object>();
        table.forEach((name, value) -> plain.put(name.toString(), plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case LongString string -> string.toString();
            case List<?> list -> list.stream().map(each -> plain((Object) each)).toList();
            default -> value;
        };
    }
}
