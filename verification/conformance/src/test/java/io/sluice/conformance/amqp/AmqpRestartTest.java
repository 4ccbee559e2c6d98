package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.MessageProperties;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a killed broker still has when it is back.
@Conformance
class AmqpRestartTest {
    @Test
    void whatWasConfirmedIsThereAgainInItsOrder(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var queue = clients.queue("durable");
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        clients.channel().queueBind(queue, exchange, "order.*");
        var bodies = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);
        clients.publish(
                exchange,
                "order.new",
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .messageId("17")
                        .headers(Map.of("a", 1))
                        .build(),
                bodies);

        broker.killAndRestart();

        var got = clients.channel().basicGet(queue, true);
        assertThat(text(got.getBody())).isEqualTo("0");
        assertThat(got.getProps().getMessageId()).isEqualTo("17");
        assertThat(got.getProps().getHeaders()).containsEntry("a", 1);
        assertThat(got.getEnvelope().getExchange()).isEqualTo(exchange);
        assertThat(clients.drain(queue))
                .containsExactly(Arrays.copyOfRange(bodies, 1, bodies.length));
        clients.publish(
                exchange, "order.again", MessageProperties.PERSISTENT_BASIC, "still bound");
        assertThat(clients.drain(queue)).containsExactly("still bound");
    }

    @Test
    void whatWasHeldComesAgainAtItsPlaceAndSaysSo(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var queue = clients.queue("durable");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        channel.basicQos(2);
        assertThat(Inbox.of(channel, queue).texts(2)).containsExactly("a", "b");
        // Written after what was written of the deliveries, and confirmed.
        clients.publish(queue, "d");

        broker.killAndRestart();

        var again = Inbox.of(clients.channel(), queue).next(4);
        assertThat(again).extracting(Inbox::text).containsExactly("a", "b", "c", "d");
        assertThat(again)
                .extracting(delivery -> delivery.getEnvelope().isRedeliver())
                .containsExactly(true, true, false, false);
    }

    @Test
    void acknowledgementsOfACommittedTransactionAreKept(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var queue = clients.queue("durable");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        channel.txSelect();
        var a = channel.basicGet(queue, false);
        channel.basicAck(a.getEnvelope().getDeliveryTag(), false);
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, bytes("c"));
        channel.txCommit();

        broker.killAndRestart();

        assertThat(clients.drain(queue)).containsExactly("b", "c");
    }

    @Test
    void whatIsNotDurableIsGone(AmqpClients clients, BrokerProcess broker) throws Exception {
        var queue = clients.name("transient");
        var exchange = clients.name("transient");
        var channel = clients.channel();
        channel.queueDeclare(queue, false, false, false, Map.of());
        channel.exchangeDeclare(exchange, "direct", false);
        clients.publish(queue, "a");

        broker.killAndRestart();

        assertThat(clients.exists(queue)).isFalse();
        var again = clients.channel();
        assertThat(Refusal.of(() -> again.exchangeDeclarePassive(exchange)).code())
                .isEqualTo(404);
    }

    @Test
    void argumentsAndTheirEffectsAreKept(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var letters = clients.queue("letters");
        Map<String, Object> arguments =
                Map.of(
                        "x-max-priority",
                        5,
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        letters);
        var queue = clients.queue("arguments", arguments);
        clients.publish(queue, "low");
        clients.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().deliveryMode(2).priority(5).build(),
                "high");
        clients.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().deliveryMode(2).expiration("1000").build(),
                "short");

        broker.killAndRestart();

        var channel = clients.channel();
        channel.queueDeclare(queue, true, false, false, arguments);
        assertThat(text(channel.basicGet(queue, true).getBody())).isEqualTo("high");
        assertThat(text(channel.basicGet(queue, true).getBody())).isEqualTo("low");
        Until.holds("the other one has expired", () -> clients.ready(letters) == 1);
    }

    @Test
    void aClientThatRecoversFindsItsConsumersAgain(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var queue = clients.queue("durable");
        var connection =
                clients.connect(
                        factory -> {
                            factory.setAutomaticRecoveryEnabled(true);
                            factory.setNetworkRecoveryInterval(100);
                        });
        var inbox = Inbox.automatic(connection.createChannel(), queue);
        clients.publish(queue, "before");
        assertThat(inbox.texts(1)).containsExactly("before");

        broker.killAndRestart();

        // The broker may have been killed before it had written down that the first one was delivered.
        clients.publish(queue, "after");
        Until.holds("the next one comes", () -> inbox.waiting().contains("after"));
    }
}
