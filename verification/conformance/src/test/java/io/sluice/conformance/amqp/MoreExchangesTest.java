package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kinds of exchanges that come with RabbitMQ's plugins.
@Conformance
class MoreExchangesTest {
    @Test
    void aConsistentHashSpreadsKeysAndKeepsEachWithItsQueue(AmqpClients clients) throws Exception {
        var exchange = clients.exchange("x-consistent-hash", Map.of());
        var queues = new ArrayList<String>();
        for (var weight : List.of("1", "1", "2")) {
            queues.add(clients.boundQueue(exchange, weight));
        }
        var channel = clients.channel();
        channel.confirmSelect();
        for (var round = 0; round < 2; round++) {
            for (var key = 0; key < 400; key++) {
                channel.basicPublish(exchange, "key " + key, null, bytes("key " + key));
            }
        }
        channel.waitForConfirmsOrDie(30_000);

        var total = 0;
        for (var queue : queues) {
            var keys = clients.drain(queue);
            total += keys.size();
            assertThat(keys).as("a queue has a fair share").hasSizeGreaterThan(80);
            assertThat(keys.stream().distinct().count() * 2)
                    .as("each key came twice to the same queue")
                    .isEqualTo(keys.size());
        }
        assertThat(total).isEqualTo(800);
    }

    @Test
    void aConsistentHashMayBeThatOfAHeader(AmqpClients clients) throws Exception {
        var exchange = clients.exchange("x-consistent-hash", Map.of("hash-header", "customer"));
        var one = clients.boundQueue(exchange, "1");
        var other = clients.boundQueue(exchange, "1");
        for (var i = 0; i < 20; i++) {
            clients.publish(
                    exchange,
                    "key " + i,
                    new AMQP.BasicProperties.Builder().headers(Map.of("customer", "17")).build(),
                    "a");
        }

        assertThat(List.of(clients.ready(one), clients.ready(other)))
                .containsExactlyInAnyOrder(0L, 20L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"correlation_id", "message_id", "timestamp"})
    void aConsistentHashMayBeThatOfAProperty(String property, AmqpClients clients)
            throws Exception {
        var exchange = clients.exchange("x-consistent-hash", Map.of("hash-property", property));
        var queues = List.of(clients.boundQueue(exchange, "1"), clients.boundQueue(exchange, "1"));
        for (var key = 0; key < 5; key++) {
            for (var number = 0; number < 40; number++) {
                clients.publish(
                        exchange,
                        "key " + key,
                        new AMQP.BasicProperties.Builder()
                                .correlationId("correlation " + number)
                                .messageId("message " + number)
                                .timestamp(
                                        Date.from(Instant.ofEpochSecond(1_700_000_000L + number)))
                                .build(),
                        Integer.toString(number));
            }
        }

        for (var queue : queues) {
            var numbers = clients.drain(queue);
            assertThat(numbers).as("a queue has a share").hasSizeBetween(25, 175);
            assertThat(numbers.stream().distinct().count() * 5)
                    .as("each came to the same queue whatever its routing key was")
                    .isEqualTo(numbers.size());
        }
    }

    @Test
    void theKeyOfAConsistentHashBindingIsANumber(AmqpClients clients) throws Exception {
        var exchange = clients.exchange("x-consistent-hash", Map.of());
        var queue = clients.queue("weightless");
        var channel = clients.channel();

        var refusal = Refusal.of(() -> channel.queueBind(queue, exchange, "heavy"));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
    }

    @Test
    void aDelayedMessageComesWhenItIsDue(AmqpClients clients) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ needs a plugin that is not part of it");
        var exchange = clients.exchange("x-delayed-message", Map.of("x-delayed-type", "direct"));
        var queue = clients.boundQueue(exchange, "key");
        var inbox = Inbox.automatic(clients.channel(), queue);
        var begin = System.nanoTime();

        clients.publish(exchange, "key", delay(3_000), "late");
        clients.publish(exchange, "key", delay(1_500), "soon");
        clients.publish(exchange, "key", new AMQP.BasicProperties(), "now");

        assertThat(inbox.texts(3)).containsExactly("now", "soon", "late");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2_990));
    }

    @Test
    void aDelayedMessageOutlivesAKill(AmqpClients clients, BrokerProcess broker) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ needs a plugin that is not part of it");
        var exchange = clients.exchange("x-delayed-message", Map.of("x-delayed-type", "topic"));
        var queue = clients.boundQueue(exchange, "#");
        clients.publish(
                exchange,
                "key",
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .headers(Map.of("x-delay", 1_000))
                        .build(),
                "late");

        broker.killAndRestart();

        assertThat(Inbox.automatic(clients.channel(), queue).texts(1)).containsExactly("late");
    }

    @Test
    void aDelayedExchangeNeedsAKind(AmqpClients clients) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ needs a plugin that is not part of it");
        var channel = clients.channel();

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.exchangeDeclare(
                                                        clients.name("delayed"),
                                                        "x-delayed-message",
                                                        true))
                                .code())
                .isEqualTo(406);
    }

    private static AMQP.BasicProperties delay(int millis) {
        return new AMQP.BasicProperties.Builder().headers(Map.of("x-delay", millis)).build();
    }
}
