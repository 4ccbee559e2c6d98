package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a connection agrees on before its first channel, and who is let in.
@Conformance
class NegotiationTest {
    @Test
    void theBrokerProposesItsLimits(AmqpClients clients) throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            var tune = wire.login(Map.of(), "guest");

            assertThat(tune.getChannelMax()).isEqualTo(2047);
            assertThat(tune.getFrameMax()).isEqualTo(131_072);
            assertThat(tune.getHeartbeat()).isEqualTo(60);
        }
    }

    @Test
    void theBrokerSaysWhatItCan(AmqpClients clients) throws Exception {
        var properties = clients.connect().getServerProperties();

        assertThat(properties)
                .containsKeys("product", "version", "platform", "copyright", "information")
                .containsKey("cluster_name");
        assertThat(properties.get("product")).hasToString("RabbitMQ");
        assertThat(properties.get("version").toString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat((Map<?, ?>) properties.get("capabilities"))
                .isEqualTo(
                        Stream.of(
                                        "publisher_confirms",
                                        "exchange_exchange_bindings",
                                        "basic.nack",
                                        "consumer_cancel_notify",
                                        "connection.blocked",
                                        "consumer_priorities",
                                        "authentication_failure_close",
                                        "per_consumer_qos",
                                        "direct_reply_to")
                                .collect(Collectors.toMap(Function.identity(), _ -> true)));
    }

    @Test
    void theBrokerOffersItsMechanisms(AmqpClients clients) throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            wire.sendBytes(AmqpWire.HEADER);

            var start = wire.receive(AMQImpl.Connection.Start.class);

            assertThat(start.getVersionMajor()).isZero();
            assertThat(start.getVersionMinor()).isEqualTo(9);
            assertThat(start.getMechanisms().toString().split(" ")).contains("PLAIN", "AMQPLAIN");
            assertThat(start.getLocales().toString().split(" ")).contains("en_US");
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithAReasonWhereTheClientUnderstandsIt(AmqpClients clients) {
        assertThatThrownBy(() -> clients.connect(factory -> factory.setPassword("wrong")))
                .isInstanceOf(AuthenticationFailureException.class)
                .hasMessageStartingWith(
                        "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.");
    }

    @Test
    void aWrongPasswordEndsTheConnectionOfAClientThatDoesNotUnderstandReasons(AmqpClients clients)
            throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            wire.startOk(Map.of(), "PLAIN", "\0guest\0wrong");

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void anUnknownUserIsToldTheSameAsOneWithAWrongPassword(AmqpClients clients) {
        assertThatThrownBy(() -> clients.connect(factory -> factory.setUsername("nobody")))
                .isInstanceOf(AuthenticationFailureException.class)
                .hasMessageStartingWith(
                        "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.");
    }

    @Test
    void aClientMayLogInByAmqplain(AmqpClients clients) throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            // A table without its length: LOGIN and PASSWORD as long strings.
            wire.startOk(
                    Map.of(),
                    "AMQPLAIN",
                    "\u0005LOGINS\0\0\0\u0005guest\u0008PASSWORDS\0\0\0\u0005guest");

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Connection.Tune.class);
        }
    }

    @Test
    void anUnknownMechanismIsRefused(AmqpClients clients) throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            wire.startOk(Map.of(), "NONESUCH", "");

            assertThat(wire.refusal()).isIn(0, 503);
        }
    }

    @Test
    void aVirtualHostThatIsNotThereIsRefused(AmqpClients clients) {
        assertThat(Refusal.of(() -> clients.connect(factory -> factory.setVirtualHost("nope"))))
                .isEqualTo(Refusal.ofConnection(530, "NOT_ALLOWED - vhost nope not found"));
    }

    @Test
    void theVirtualHostWithoutANameIsNotTheDefaultOne(AmqpClients clients) {
        assertThat(Refusal.of(() -> clients.connect(factory -> factory.setVirtualHost(""))))
                .isEqualTo(Refusal.ofConnection(530, "NOT_ALLOWED - vhost  not found"));
    }

    @Test
    void aClientMayNameItsConnection(AmqpClients clients) throws Exception {
        var connection =
                clients.connect(
                        factory -> {
                            var properties = new HashMap<>(factory.getClientProperties());
                            properties.put("connection_name", "orders");
                            factory.setClientProperties(properties);
                        });

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void aClientMayAskForLess(AmqpClients clients) throws Exception {
        var connection =
                clients.connect(
                        factory -> {
                            factory.setRequestedChannelMax(2);
                            factory.setRequestedFrameMax(4096);
                            factory.setRequestedHeartbeat(7);
                        });

        assertThat(connection.getChannelMax()).isEqualTo(2);
        assertThat(connection.getFrameMax()).isEqualTo(4096);
        assertThat(connection.getHeartbeat()).isEqualTo(7);
    }

    @Test
    void aClientThatWantsLargerFramesThanTheBrokerIsRefused(AmqpClients clients) throws Exception {
        assertIsRefused(clients, 2047, 131_073);
    }

    @Test
    void aClientThatWantsFramesTooSmallForAMethodIsRefused(AmqpClients clients) throws Exception {
        assertIsRefused(clients, 2047, 4095);
    }

    @Test
    void aClientThatWantsMoreChannelsThanTheBrokerIsRefused(AmqpClients clients) throws Exception {
        assertIsRefused(clients, 2048, 131_072);
    }

    @Test
    void aChannelMoreThanAgreedEndsTheConnection(AmqpClients clients) throws Exception {
        try (var wire = new AmqpWire(clients.address())) {
            var _ = wire.login(Map.of(), "guest");
            wire.send(0, new AMQImpl.Connection.TuneOk(2, 131_072, 0));
            wire.send(0, new AMQImpl.Connection.Open("/", "", false));
            wire.receive(AMQImpl.Connection.OpenOk.class);

            for (var number = 1; number <= 2; number++) {
                wire.send(number, new AMQImpl.Channel.Open(""));
                wire.receive(AMQImpl.Channel.OpenOk.class);
            }
            wire.send(3, new AMQImpl.Channel.Open(""));

            assertThat(wire.receive(AMQImpl.Connection.Close.class).getReplyCode()).isEqualTo(530);
        }
    }

    @Test
    void aSecretMayBeUpdated(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(
                    0,
                    new AMQImpl.Connection.UpdateSecret(
                            AmqpWire.longString("guest"), "it was about to expire"));

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Connection.UpdateSecretOk.class);
        }
    }

    /// Some brokers say why, some are silent to whom they do not know yet.
    private static void assertIsRefused(AmqpClients clients, int channelMax, int frameMax)
            throws IOException {
        try (var wire = new AmqpWire(clients.address())) {
            var _ = wire.login(Map.of(), "guest");
            wire.send(
                    0,
                    new AMQImpl.Connection.TuneOk(channelMax, frameMax, 0),
                    new AMQImpl.Connection.Open("/", "", false));
            assertThat(wire.refusal()).isIn(0, 530);
        }
    }
}
