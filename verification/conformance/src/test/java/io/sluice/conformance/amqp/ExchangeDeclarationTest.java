package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Exchanges are declared, found and deleted.
@Conformance
class ExchangeDeclarationTest {
    @Test
    void theStandardExchangesAreThere(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        for (var name :
                List.of(
                        "",
                        "amq.direct",
                        "amq.fanout",
                        "amq.topic",
                        "amq.headers",
                        "amq.match",
                        "amq.rabbitmq.trace")) {
            if (!name.isEmpty()) {
                channel.exchangeDeclarePassive(name);
            }
        }
        channel.exchangeDeclare("amq.direct", "direct", true);
        channel.exchangeDeclare("amq.match", "headers", true);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void declaringTheSameAgainIsFine(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        var channel = clients.channel();

        channel.exchangeDeclare(exchange, "topic", true);
        channel.exchangeDeclarePassive(exchange);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anotherTypeIsRefused(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.exchangeDeclare(exchange, "topic", true)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - inequivalent arg 'type' for exchange '"
                                        + exchange
                                        + "' in vhost '/': received 'topic' but current is"
                                        + " 'direct'"));
    }

    @Test
    void anotherDurabilityIsRefused(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.exchangeDeclare(exchange, "direct", false)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - inequivalent arg 'durable' for exchange '"
                                        + exchange
                                        + "' in vhost '/': received 'false' but current is"
                                        + " 'true'"));
    }

    @Test
    void anotherAutoDeleteIsRefused(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var channel = clients.channel();

        assertThat(
                        Refusal.of(
                                () ->
                                        channel.exchangeDeclare(
                                                exchange, "direct", true, true, Map.of())))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - inequivalent arg 'auto_delete' for exchange"
                                        + " '"
                                        + exchange
                                        + "' in vhost '/': received 'true' but current is"
                                        + " 'false'"));
    }

    @Test
    void aTypeThatNobodyKnowsIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var name = clients.name("unknown");

        var refusal = Refusal.of(() -> channel.exchangeDeclare(name, "nonesuch", true));

        // RabbitMQ 3 ends the connection, RabbitMQ 4 the channel.
        assertThat(List.of(refusal.scope(), refusal.code()))
                .isIn(List.of(Refusal.Scope.CONNECTION, 503), List.of(Refusal.Scope.CHANNEL, 406));
        assertThat(refusal.text()).contains("exchange type 'nonesuch'");
    }

    @Test
    void aPassiveDeclareOfWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var missing = clients.name("missing");

        assertThat(Refusal.of(() -> channel.exchangeDeclarePassive(missing)))
                .isEqualTo(
                        Refusal.ofChannel(
                                404, "NOT_FOUND - no exchange '" + missing + "' in vhost '/'"));
    }

    @Test
    void namesThatBeginWithAmqAreReserved(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.exchangeDeclare("amq.mine", "direct", true)))
                .isEqualTo(
                        Refusal.ofChannel(
                                403,
                                "ACCESS_REFUSED - exchange name 'amq.mine' contains reserved"
                                        + " prefix 'amq.*'"));
    }

    @Test
    void theStandardExchangesCannotBeDeleted(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.exchangeDelete("amq.direct")))
                .isEqualTo(
                        Refusal.ofChannel(
                                403,
                                "ACCESS_REFUSED - deletion of system exchange 'amq.direct' in"
                                        + " vhost '/' not allowed"));
    }

    @Test
    void theDefaultExchangeCannotBeTouched(AmqpClients clients) throws Exception {
        var queue = clients.queue("default");
        for (var operation :
                List.<Operation>of(
                        channel -> channel.exchangeDeclare("", "direct", true),
                        channel -> channel.exchangeDelete(""),
                        channel -> channel.queueBind(queue, "", "key"),
                        channel -> channel.queueUnbind(queue, "", "key"),
                        channel -> channel.exchangeBind("amq.direct", "", "key"),
                        channel -> channel.exchangeBind("", "amq.direct", "key"))) {
            var channel = clients.channel();
            assertThat(Refusal.of(() -> operation.on(channel)))
                    .isEqualTo(
                            Refusal.ofChannel(
                                    403,
                                    "ACCESS_REFUSED - operation not permitted on the default"
                                            + " exchange"));
        }
    }

    @Test
    void deletingWhatIsMissingIsFine(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        channel.exchangeDelete(clients.name("missing"));

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anExchangeThatIsBoundIsNotDeletedIfUnusedIsAsked(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var queue = clients.boundQueue(exchange, "");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.exchangeDelete(exchange, true)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - exchange '"
                                        + exchange
                                        + "' in vhost '/' in use"));
        var again = clients.channel();
        again.queueUnbind(queue, exchange, "");
        again.exchangeDelete(exchange, true);
        var _ = Refusal.of(() -> again.exchangeDeclarePassive(exchange));
    }

    @Test
    void anInternalExchangeTakesNoMessagesFromClients(AmqpClients clients) throws Exception {
        var exchange = clients.removedExchange(clients.name("internal"));
        var channel = clients.channel();
        channel.exchangeDeclare(exchange, "fanout", true, false, true, Map.of());

        channel.basicPublish(exchange, "", null, bytes("x"));

        assertThat(Refusal.later(channel))
                .isEqualTo(
                        Refusal.ofChannel(
                                403,
                                "ACCESS_REFUSED - cannot publish to internal exchange '"
                                        + exchange
                                        + "' in vhost '/'"));
    }

    @Test
    void anAutoDeleteExchangeGoesWithItsLastBinding(AmqpClients clients) throws Exception {
        var exchange = clients.name("auto");
        var channel = clients.channel();
        channel.exchangeDeclare(exchange, "direct", false, true, Map.of());
        channel.exchangeDeclarePassive(exchange);
        var queue = clients.boundQueue(exchange, "a", "b");

        channel.queueUnbind(queue, exchange, "a");
        channel.exchangeDeclarePassive(exchange);
        channel.queueUnbind(queue, exchange, "b");

        assertThat(Refusal.of(() -> channel.exchangeDeclarePassive(exchange)).code())
                .isEqualTo(404);
    }

    @Test
    void anAutoDeleteExchangeGoesWithItsLastQueue(AmqpClients clients) throws Exception {
        var exchange = clients.name("auto");
        var channel = clients.channel();
        channel.exchangeDeclare(exchange, "direct", false, true, Map.of());
        var queue = clients.boundQueue(exchange, "a");

        channel.queueDelete(queue);

        assertThat(Refusal.of(() -> channel.exchangeDeclarePassive(exchange)).code())
                .isEqualTo(404);
    }

    private interface Operation {
        void on(Channel channel) throws IOException;
    }
}
