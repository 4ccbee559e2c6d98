package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a publisher is told, and when.
@Conformance
class PublishTest {
    @Test
    void everyMessageIsConfirmed(AmqpClients clients) throws Exception {
        var queue = clients.queue("confirmed");
        var verdicts = new Verdicts(clients.channel());

        for (var i = 0; i < 1_000; i++) {
            verdicts.publish("", queue, "message " + i);
        }

        assertThat(verdicts.all()).hasSize(1_000).containsOnly(true);
        assertThat(clients.ready(queue)).isEqualTo(1_000);
    }

    @Test
    void numbersOfConfirmsBeginWithOneAndOnlyGrow(AmqpClients clients) throws Exception {
        var queue = clients.queue("confirmed");
        var channel = clients.channel();
        channel.basicPublish("", queue, null, bytes("not counted"));
        channel.confirmSelect();
        channel.confirmSelect();
        var highest = new CompletableFuture<Long>();
        var last = new AtomicLong();
        channel.addConfirmListener(
                (number, multiple) -> {
                    assertThat(multiple ? number : 1).isGreaterThan(multiple ? last.get() : 0);
                    last.accumulateAndGet(number, Math::max);
                    if (number == 100) {
                        highest.complete(number);
                    }
                },
                (_, _) -> highest.completeExceptionally(new AssertionError("rejected")));

        for (var i = 0; i < 100; i++) {
            channel.basicPublish("", queue, null, bytes("x"));
        }

        assertThat(Clients.done(highest)).isEqualTo(100);
        assertThat(channel.waitForConfirms(30_000)).isTrue();
    }

    @Test
    void aMessageThatReachesNoQueueIsConfirmedToo(AmqpClients clients) throws Exception {
        var verdicts = new Verdicts(clients.channel());

        verdicts.publish("amq.direct", clients.name("nobody"), "x");

        assertThat(verdicts.all()).containsExactly(true);
    }

    @Test
    void aMandatoryMessageThatReachesNoQueueIsReturnedBeforeItsConfirm(AmqpClients clients)
            throws Exception {
        var channel = clients.channel();
        var events = new LinkedBlockingQueue<String>();
        channel.addReturnListener(
                returned -> {
                    events.add(
                            "returned "
                                    + returned.getReplyCode()
                                    + " "
                                    + returned.getReplyText()
                                    + " "
                                    + returned.getExchange()
                                    + " "
                                    + returned.getRoutingKey()
                                    + " "
                                    + returned.getProperties().getMessageId()
                                    + " "
                                    + text(returned.getBody()));
                });
        channel.addConfirmListener(
                (number, _) -> events.add("confirmed " + number),
                (number, _) -> events.add("rejected " + number));
        channel.confirmSelect();

        channel.basicPublish(
                "amq.direct",
                "nobody",
                true,
                new AMQP.BasicProperties.Builder().messageId("17").build(),
                bytes("x"));

        assertThat(events.poll(30, TimeUnit.SECONDS))
                .isEqualTo("returned 312 NO_ROUTE amq.direct nobody 17 x");
        assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("confirmed 1");
    }

    @Test
    void aMandatoryMessageThatReachesAQueueIsNotReturned(AmqpClients clients) throws Exception {
        var queue = clients.queue("there");
        var channel = clients.channel();
        var returned = new AtomicInteger();
        channel.addReturnListener(_ -> returned.incrementAndGet());
        channel.confirmSelect();

        channel.basicPublish("", queue, true, null, bytes("x"));

        channel.waitForConfirmsOrDie(30_000);
        assertThat(returned).hasValue(0);
    }

    @Test
    void publishingToAnExchangeThatIsMissingEndsTheChannelLater(AmqpClients clients)
            throws Exception {
        var channel = clients.channel();
        var missing = clients.name("missing");

        channel.basicPublish(missing, "key", null, bytes("x"));

        var signal = Refusal.signal(channel);
        assertThat(Refusal.of(signal))
                .isEqualTo(
                        Refusal.ofChannel(
                                404, "NOT_FOUND - no exchange '" + missing + "' in vhost '/'"));
        var close = (AMQP.Channel.Close) signal.getReason();
        assertThat(close.getClassId()).isEqualTo(60);
        assertThat(close.getMethodId()).isEqualTo(40);
    }

    @Test
    void publishingImmediatelyIsNotImplemented(AmqpClients clients) throws Exception {
        var connection = clients.connect();

        connection.createChannel().basicPublish("", "nobody", false, true, null, bytes("x"));

        assertThat(Refusal.later(connection))
                .isEqualTo(Refusal.ofConnection(540, "NOT_IMPLEMENTED - immediate=true"));
    }

    static Stream<Arguments> wrongProperties() {
        return Stream.of(
                Arguments.of(
                        new AMQP.BasicProperties.Builder().expiration("soon").build(),
                        "PRECONDITION_FAILED - invalid expiration 'soon'"),
                Arguments.of(
                        new AMQP.BasicProperties.Builder().expiration("-1").build(),
                        "PRECONDITION_FAILED - invalid expiration '-1'"),
                Arguments.of(
                        new AMQP.BasicProperties.Builder().expiration("12 ").build(),
                        "PRECONDITION_FAILED - invalid expiration '12 '"),
                Arguments.of(
                        new AMQP.BasicProperties.Builder().userId("somebody").build(),
                        "PRECONDITION_FAILED - user_id property set to 'somebody' but"
                                + " authenticated user was 'guest'"),
                Arguments.of(
                        new AMQP.BasicProperties.Builder().deliveryMode(7).build(),
                        "PRECONDITION_FAILED - "));
    }

    @ParameterizedTest
    @MethodSource
    void wrongProperties(AMQP.BasicProperties properties, String text, AmqpClients clients)
            throws Exception {
        var queue = clients.queue("checked");
        var channel = clients.channel();

        channel.basicPublish("", queue, properties, bytes("x"));

        var refusal = Refusal.later(channel);
        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
        assertThat(refusal.text()).startsWith(text);
        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void aPublisherMaySayWhoItIs(AmqpClients clients) throws Exception {
        var queue = clients.queue("signed");

        clients.publish("", queue, new AMQP.BasicProperties.Builder().userId("guest").build(), "x");

        assertThat(clients.channel().basicGet(queue, true).getProps().getUserId())
                .isEqualTo("guest");
    }

    @Test
    void transientAndPersistentMessagesKeepTheirOrder(AmqpClients clients) throws Exception {
        var queue = clients.queue("mixed");
        var expected = new ArrayList<String>();
        var channel = clients.channel();
        channel.confirmSelect();
        for (var i = 0; i < 50; i++) {
            channel.basicPublish(
                    "",
                    queue,
                    i % 3 == 0
                            ? MessageProperties.PERSISTENT_BASIC
                            : MessageProperties.MINIMAL_BASIC,
                    bytes("message " + i));
            expected.add("message " + i);
        }
        channel.waitForConfirmsOrDie(30_000);

        assertThat(clients.drain(queue)).isEqualTo(expected);
    }

    @Test
    void confirmsOfSeveralPublishersDoNotMix(AmqpClients clients) throws Exception {
        var queue = clients.queue("shared");
        var publishers = new ArrayList<Verdicts>();
        for (var i = 0; i < 5; i++) {
            publishers.add(new Verdicts(clients.connect().createChannel()));
        }
        for (var round = 0; round < 50; round++) {
            for (var publisher : publishers) {
                publisher.publish("", queue, "x");
            }
        }

        for (var publisher : publishers) {
            assertThat(publisher.all()).hasSize(50).containsOnly(true);
        }
        assertThat(clients.ready(queue)).isEqualTo(250);
    }
}
