package io.sluice.conformance.support;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The AMQP clients of one test: RabbitMQ's Java client, closed when the test ends, and with them goes what the test declared here.
public final class AmqpClients implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;

    private final AmqpAddress address;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Removal> removals = new ArrayDeque<>();
    private @Nullable Connection own;

    AmqpClients(AmqpAddress address) {
        this.address = address;
    }

    public AmqpAddress address() {
        return address;
    }

    /// A name that no other test has.
    public String name(String hint) {
        return address.name(hint);
    }

    public Connection connect() throws IOException, TimeoutException {
        return connect(_ -> {});
    }

    /// A connection of its own, which does not come back when it is lost.
    ///
    /// @param changes what differs from a client without settings
    public Connection connect(Consumer<ConnectionFactory> changes)
            throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setChannelRpcTimeout(30_000);
        changes.accept(factory);
        var connection = factory.newConnection();
        connections.add(connection);
        return connection;
    }

    /// A new channel of the connection that the channels of this test share.
    public Channel channel() throws IOException, TimeoutException {
        var shared = own;
        if (shared == null || !shared.isOpen()) {
            shared = connect();
            own = shared;
        }
        return shared.createChannel();
    }

    /// A durable queue that has a name of its own.
    public String queue(String hint) throws IOException, TimeoutException {
        return queue(hint, Map.of());
    }

    public String queue(String hint, Map<String, Object> arguments)
            throws IOException, TimeoutException {
        var name = name(hint);
        try (var channel = channel()) {
            channel.queueDeclare(name, true, false, false, arguments);
        }
        return removed(name);
    }

    /// Has the queue of this name deleted when the test ends.
    public String removed(String queue) {
        removals.push(channel -> channel.queueDelete(queue));
        return queue;
    }

    /// A durable exchange that has a name of its own.
    public String exchange(BuiltinExchangeType type) throws IOException, TimeoutException {
        return exchange(type.getType(), Map.of());
    }

    public String exchange(String type, Map<String, Object> arguments)
            throws IOException, TimeoutException {
        var name = name(type);
        try (var channel = channel()) {
            channel.exchangeDeclare(name, type, true, false, arguments);
        }
        return removedExchange(name);
    }

    /// Has the exchange of this name deleted when the test ends.
    public String removedExchange(String exchange) {
        removals.push(channel -> channel.exchangeDelete(exchange));
        return exchange;
    }

    /// A queue bound to `exchange` by each of `keys`.
    public String boundQueue(String exchange, String... keys) throws IOException, TimeoutException {
        var queue = queue("bound");
        try (var channel = channel()) {
            for (var key : keys) {
                channel.queueBind(queue, exchange, key);
            }
        }
        return queue;
    }

    /// Publishes persistent messages to `queue` and returns when they are confirmed.
    public void publish(String queue, String... bodies) throws Exception {
        publish("", queue, MessageProperties.PERSISTENT_BASIC, bodies);
    }

    /// Publishes and returns when all of it is confirmed.
    public void publish(
            String exchange, String key, AMQP.BasicProperties properties, String... bodies)
            throws Exception {
        try (var channel = channel()) {
            channel.confirmSelect();
            for (var body : bodies) {
                channel.basicPublish(exchange, key, properties, bytes(body));
            }
            channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
        }
    }

    /// How many messages of `queue` are waiting.
    public long ready(String queue) throws IOException, TimeoutException {
        try (var channel = channel()) {
            return channel.messageCount(queue);
        }
    }

    public boolean exists(String queue) throws IOException, TimeoutException {
        var channel = channel();
        try {
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException missing) {
            if (missing.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.NOT_FOUND) {
                return false;
            }
            throw missing;
        }
    }

    /// Takes all that is waiting in `queue`.
    public List<String> drain(String queue) throws IOException, TimeoutException {
        var bodies = new ArrayList<String>();
        try (var channel = channel()) {
            for (var got = channel.basicGet(queue, true);
                    got != null;
                    got = channel.basicGet(queue, true)) {
                bodies.add(text(got.getBody()));
            }
        }
        return bodies;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (!removals.isEmpty()) {
            remove();
        }
        connections.forEach(connection -> connection.abort(1_000));
    }

    /// As far as it goes: a broker that the test has stopped for good keeps what it has.
    private void remove() {
        for (var removal : removals) {
            try (var channel = channel()) {
                removal.by(channel);
            } catch (IOException | TimeoutException | ShutdownSignalException gone) {
                continue;
            }
        }
    }

    private interface Removal {
        void by(Channel channel) throws IOException;
    }
}
