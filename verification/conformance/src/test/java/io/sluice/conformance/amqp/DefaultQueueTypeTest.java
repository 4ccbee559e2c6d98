package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues of a virtual host that has a type for those whose creators do not ask for one.
@Conformance
class DefaultQueueTypeTest {
    private static final Map<String, Object> CLASSIC = Map.of("x-queue-type", "classic");
    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    private interface Use {
        void of(Channel channel, String virtualHost, Management management) throws Exception;
    }

    private static void inVirtualHost(AmqpClients clients, String settings, Use use)
            throws Exception {
        var name = clients.name("typed");
        try (var management = new Management(clients.address())) {
            management.virtualHost(name, settings);
            var connection = clients.connect(factory -> factory.setVirtualHost(name));
            use.of(connection.createChannel(), name, management);
            connection.close();
            management.removeVirtualHost(name);
        }
    }

    @Test
    void aQueueWithoutATypeIsOfTheDefaultOne(AmqpClients clients) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ has it from 3.11 on");
        inVirtualHost(
                clients,
                "{\"default_queue_type\":\"quorum\"}",
                (channel, _, _) -> {
                    channel.queueDeclare("untyped", true, false, false, Map.of());

                    // Both ways of saying the same.
                    channel.queueDeclare("untyped", true, false, false, Map.of());
                    channel.queueDeclare("untyped", true, false, false, QUORUM);
                    assertThat(redeclared(channel, "untyped", CLASSIC))
                            .contains(
                                    "inequivalent arg 'x-queue-type' for queue 'untyped'",
                                    "received 'classic' but current is 'quorum'");
                });
    }

    @Test
    void aTypeThatIsAskedForGoesBeforeTheDefault(AmqpClients clients) throws Exception {
        inVirtualHost(
                clients,
                "{\"default_queue_type\":\"quorum\"}",
                (channel, _, _) -> {
                    channel.queueDeclare("typed", true, false, false, CLASSIC);

                    assertThat(redeclared(channel, "typed", QUORUM))
                            .contains("received 'quorum' but current is 'classic'");
                });
    }

    @Test
    void aQueueThatCannotBeOfTheDefaultTypeIsAClassicOne(AmqpClients clients) throws Exception {
        inVirtualHost(
                clients,
                "{\"default_queue_type\":\"quorum\"}",
                (channel, _, _) -> {
                    channel.queueDeclare("exclusive", true, true, false, Map.of());
                    channel.queueDeclare("automatic", true, false, true, Map.of());
                    channel.queueDeclare("transient", false, false, false, Map.of());
                    var named = channel.queueDeclare().getQueue();

                    channel.queueDeclare("exclusive", true, true, false, CLASSIC);
                    channel.queueDeclare("automatic", true, false, true, CLASSIC);
                    channel.queueDeclare("transient", false, false, false, CLASSIC);
                    assertThat(named).startsWith("amq.gen-");
                });
    }

    @Test
    void withoutADefaultAQueueIsAClassicOne(AmqpClients clients) throws Exception {
        inVirtualHost(
                clients,
                "{}",
                (channel, _, _) -> {
                    channel.queueDeclare("untyped", true, false, false, Map.of());

                    assertThat(redeclared(channel, "untyped", QUORUM))
                            .contains("inequivalent arg 'x-queue-type' for queue 'untyped'");
                });
    }

    @Test
    void theDefaultHoldsForTheManagementApiToo(AmqpClients clients) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ has it from 3.11 on");
        inVirtualHost(
                clients,
                "{\"default_queue_type\":\"quorum\"}",
                (channel, virtualHost, management) -> {
                    management.queue(virtualHost, "untyped");

                    channel.queueDeclare("untyped", true, false, false, QUORUM);
                    assertThat(redeclared(channel, "untyped", CLASSIC))
                            .contains("received 'classic' but current is 'quorum'");
                });
    }

    /// With what the broker refuses it.
    private static String redeclared(Channel channel, String queue, Map<String, Object> arguments)
            throws IOException {
        var another = channel.getConnection().createChannel();
        var refusal = Refusal.of(() -> another.queueDeclare(queue, true, false, false, arguments));
        assertThat(refusal.code()).isEqualTo(406);
        return refusal.text();
    }
}
