package io.sluice.conformance.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.GetAckMode;
import com.rabbitmq.http.client.GetEncoding;
import com.rabbitmq.http.client.domain.DestinationType;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.OutboundMessage;
import com.rabbitmq.http.client.domain.PolicyInfo;
import com.rabbitmq.http.client.domain.QueryParameters;
import com.rabbitmq.http.client.domain.QueueInfo;
import com.rabbitmq.http.client.domain.TopicPermissions;
import com.rabbitmq.http.client.domain.UserPermissions;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// RabbitMQ's Java client of the API, which reads nearly every field into a typed one.
@Conformance
class HttpClientTest {
    @Test
    void theBrokerTellsWhatItIs(ManagementAddress address) throws Exception {
        var client = client(address);
        var overview = client.getOverview();
        assertThat(overview.getNode()).contains("@");
        assertThat(overview.getObjectTotals().getExchanges()).isGreaterThanOrEqualTo(7);
        assertThat(overview.getListeners()).isNotEmpty();
        assertThat(overview.getServerVersion()).isNotEmpty();
        var node = client.getNodes().getFirst();
        assertThat(client.getNode(node.getName()).isRunning()).isTrue();
        assertThat(node.getMemoryUsed()).isPositive();
        assertThat(client.whoAmI().getName()).isEqualTo("guest");
        assertThat(client.alivenessTest("/")).isTrue();
        assertThat(client.getClusterName().getName()).isNotEmpty();
        assertThat(client.getExtensions()).isNotNull();
        assertThat(client.getDefinitions().getVhosts()).isNotEmpty();
    }

    @Test
    void queuesAndTheirMessages(ManagementAddress address) throws Exception {
        var client = client(address);
        var queue = address.name("typed queue/%");
        client.declareQueue(
                "/", queue, new QueueInfo(true, false, false, Map.of("x-max-length", 5)));
        var declared = client.getQueue("/", queue);
        assertThat(declared.isDurable()).isTrue();
        assertThat(declared.getArguments()).containsEntry("x-max-length", 5);

        assertThat(
                        client.publish(
                                "/",
                                "amq.default",
                                queue,
                                new OutboundMessage()
                                        .payload("hello")
                                        .utf8Encoded()
                                        .properties(Map.of("content_type", "text/plain"))))
                .isTrue();
        Until.holds("it is there", () -> client.getQueue("/", queue).getMessagesReady() == 1);
        var got =
                client.get("/", queue, 1, GetAckMode.NACK_REQUEUE_TRUE, GetEncoding.AUTO)
                        .getFirst();
        assertThat(got.getPayload()).isEqualTo("hello");
        assertThat(got.getProperties()).containsEntry("content_type", "text/plain");
        assertThat(client.getQueues("/")).extracting(QueueInfo::getName).contains(queue);
        var page =
                client.getQueues(
                        "/",
                        new QueryParameters()
                                .name("typed queue")
                                .pagination()
                                .pageSize(10)
                                .query());
        assertThat(page.getItems()).extracting(QueueInfo::getName).contains(queue);
        client.purgeQueue("/", queue);
        Until.holds("it is purged", () -> client.getQueue("/", queue).getMessagesReady() == 0);
        client.deleteQueue("/", queue);
        assertThat(client.getQueue("/", queue)).isNull();
    }

    @Test
    void exchangesAndBindings(ManagementAddress address) throws Exception {
        var client = client(address);
        var exchange = address.name("typed exchange");
        var queue = address.name("typed");
        client.declareExchange("/", exchange, new ExchangeInfo("topic", false, false));
        client.declareQueue("/", queue, new QueueInfo(true, false, false));
        client.bindQueue("/", queue, exchange, "a.#", Map.of("x", 1));
        client.bindQueue("/", queue, exchange, "b");
        client.bindExchange("/", "amq.fanout", exchange, "k");

        assertThat(client.getExchange("/", exchange).getType()).isEqualTo("topic");
        assertThat(client.getQueueBindingsBetween("/", exchange, queue)).hasSize(2);
        assertThat(client.getBindingsBySource("/", exchange)).hasSize(3);
        var toExchange = client.getExchangeBindingsBetween("/", exchange, "amq.fanout").getFirst();
        assertThat(toExchange.getDestinationType()).isEqualTo(DestinationType.EXCHANGE);
        client.unbindQueue("/", queue, exchange, "b");
        assertThat(client.getQueueBindingsBetween("/", exchange, queue)).hasSize(1);
        assertThat(client.getQueueBindings("/", queue)).hasSize(2);
        client.deleteQueue("/", queue);
        client.deleteExchange("/", exchange);
        assertThat(client.getExchange("/", exchange)).isNull();
    }

    @Test
    void virtualHostsUsersAndWhatTheyMay(ManagementAddress address) throws Exception {
        var client = client(address);
        var vhost = address.name("typed vhost");
        var user = address.name("typed");
        client.createVhost(vhost, "for a test", "one", "two");
        assertThat(client.getVhost(vhost).getDescription()).isEqualTo("for a test");
        assertThat(client.getVhost(vhost).getTags()).containsExactly("one", "two");
        client.createUser(user, "secret".toCharArray(), List.of("management", "policymaker"));
        assertThat(client.getUser(user).getTags()).containsExactly("management", "policymaker");
        client.updatePermissions(vhost, user, new UserPermissions("r", "w", "c"));
        assertThat(client.getPermissions(vhost, user).getConfigure()).isEqualTo("c");
        client.updateTopicPermissions(vhost, user, new TopicPermissions("amq.topic", "r", "w"));
        assertThat(client.getTopicPermissions(vhost, user)).hasSize(1);
        assertThat(client.getPermissionsOf(user)).hasSize(1);
        assertThat(client.getTopicPermissionsIn(vhost)).hasSize(1);
        client.clearTopicPermissions(vhost, user);
        client.clearPermissions(vhost, user);
        client.deleteUser(user);
        assertThat(client.getUser(user)).isNull();
        client.deleteVhost(vhost);
        assertThat(client.getVhost(vhost)).isNull();
    }

    @Test
    void policies(ManagementAddress address) throws Exception {
        var client = client(address);
        var name = address.name("typed policy");
        client.declarePolicy(
                "/", name, new PolicyInfo("^nothing$", 3, "queues", Map.of("message-ttl", 1000)));
        assertThat(client.getPolicies("/"))
                .filteredOn(policy -> policy.getName().equals(name))
                .singleElement()
                .satisfies(
                        policy -> {
                            assertThat(policy.getPriority()).isEqualTo(3);
                            assertThat(policy.getDefinition()).containsEntry("message-ttl", 1000);
                        });
        client.deletePolicy("/", name);
        assertThat(client.getPolicies("/")).extracting(PolicyInfo::getName).doesNotContain(name);
    }

    @Test
    void connectionsTheirChannelsAndConsumers(ManagementAddress address, AmqpAddress amqp)
            throws Exception {
        var client = client(address);
        var queue = address.name("consumed");
        var name = address.name("connection");
        var connection = connect(amqp, name);
        var channel = connection.createChannel();
        channel.queueDeclare(queue, false, false, false, Map.of());
        channel.basicQos(7);
        channel.basicConsume(queue, false, "tag", (_, _) -> {}, _ -> {});
        channel.basicPublish("", queue, new BasicProperties(), new byte[] {1});

        Until.holds("it is listed", () -> named(client, name) != null);
        var full = named(client, name).getName();
        assertThat(client.getConnection(full).getVhost()).isEqualTo("/");
        assertThat(client.getConnection(full).getUser()).isEqualTo("guest");
        Until.holds("its channel is listed", () -> client.getChannels(full).size() == 1);
        var info = client.getChannels(full).getFirst();
        assertThat(info.getPrefetchCount()).isEqualTo(7);
        assertThat(client.getChannel(info.getName()).getNumber())
                .isEqualTo(channel.getChannelNumber());
        Until.holds(
                "the consumer is counted",
                () -> client.getQueue("/", queue).getConsumerCount() == 1);
        assertThat(client.getConsumers("/"))
                .filteredOn(consumer -> consumer.getQueueDetails().getName().equals(queue))
                .singleElement()
                .satisfies(
                        consumer -> {
                            assertThat(consumer.getConsumerTag()).isEqualTo("tag");
                            assertThat(consumer.getChannelDetails().getConnectionName())
                                    .isEqualTo(full);
                        });
        Until.holds(
                "the message is with the consumer",
                () -> client.getQueue("/", queue).getMessagesUnacknowledged() == 1);

        client.closeConnection(full, "a test says so");
        Until.holds("it is closed", () -> !connection.isOpen());
        assertThat(connection.getCloseReason()).hasMessageContaining("a test says so");
        Until.holds("it is not listed", () -> named(client, name) == null);
        client.deleteQueue("/", queue);
    }

    @Test
    void aMessageOfAnAmqpClientIsShownWithItsProperties(ManagementAddress address, AmqpAddress amqp)
            throws Exception {
        var client = client(address);
        var queue = address.name("shown");
        try (var connection = connect(amqp, "shown");
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of());
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    queue,
                    new BasicProperties.Builder()
                            .deliveryMode(2)
                            .priority(3)
                            .messageId("m1")
                            .headers(Map.of("n", 1, "deep", Map.of("x", List.of(1, "two"))))
                            .build(),
                    new byte[] {(byte) 0xFF, 0});
            channel.waitForConfirmsOrDie(10_000);
        }
        var got =
                client.get("/", queue, 1, GetAckMode.ACK_REQUEUE_FALSE, GetEncoding.AUTO)
                        .getFirst();
        assertThat(got.getPayloadEncoding()).isEqualTo("base64");
        assertThat(got.getPayload()).isEqualTo("/wA=");
        assertThat(got.getProperties())
                .containsEntry("message_id", "m1")
                .containsEntry("priority", 3)
                .containsEntry("delivery_mode", 2)
                .containsEntry("headers", Map.of("n", 1, "deep", Map.of("x", List.of(1, "two"))));
        client.deleteQueue("/", queue);
    }

    @Test
    void whatIsPublishedHereReachesAnAmqpClient(ManagementAddress address, AmqpAddress amqp)
            throws Exception {
        var client = client(address);
        var queue = address.name("reached");
        client.declareQueue("/", queue, new QueueInfo(true, false, false));
        client.publish(
                "/",
                "amq.default",
                queue,
                new OutboundMessage()
                        .payload("hello")
                        .utf8Encoded()
                        .properties(
                                Map.of(
                                        "content_type",
                                        "text/plain",
                                        "headers",
                                        Map.of("n", 1),
                                        "correlation_id",
                                        "c")));
        try (var connection = connect(amqp, "reached");
                Channel channel = connection.createChannel()) {
            var got = channel.basicGet(queue, true);
            assertThat(got.getBody()).asString().isEqualTo("hello");
            assertThat(got.getProps().getContentType()).isEqualTo("text/plain");
            assertThat(got.getProps().getCorrelationId()).isEqualTo("c");
            assertThat(((Number) got.getProps().getHeaders().get("n")).longValue()).isEqualTo(1);
        }
        client.deleteQueue("/", queue);
    }

    private static com.rabbitmq.http.client.domain.ConnectionInfo named(
            Client client, String name) {
        return client.getConnections().stream()
                .filter(
                        connection ->
                                connection.getClientProperties() != null
                                        && name.equals(
                                                connection
                                                        .getClientProperties()
                                                        .getConnectionName()))
                .findFirst()
                .orElse(null);
    }

    private static Connection connect(AmqpAddress amqp, String name) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(amqp.url());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection(name);
    }

    private static Client client(ManagementAddress address) throws Exception {
        return new Client(
                new ClientParameters().url(address.url("")).username("guest").password("guest"));
    }
}
