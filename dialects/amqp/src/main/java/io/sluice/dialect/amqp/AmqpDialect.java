package io.sluice.dialect.amqp;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import io.sluice.dialect.amqp.session.AmqpSession;
import io.sluice.dialect.amqp.session.ExclusiveOwners;
import io.sluice.dialect.amqp.session.ReplyAddresses;
import io.sluice.dialect.amqp.session.Services;
import io.sluice.dialect.amqp.session.TopicGrowth;
import io.sluice.transport.Listener;
import io.sluice.transport.StreamListenerSettings;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// AMQP clients' way in: an open port, and a session for each connection.
public final class AmqpDialect implements AutoCloseable {
    /// How long goodbyes may take when the server stops, within the ten seconds that it has in all.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(4);

    private final Listener listener;

    private AmqpDialect(Listener listener) {
        this.listener = listener;
    }

    /// What the process around the dialect lends it.
    ///
    /// @param version of Sluice
    /// @param random that nobody can guess, for any thread
    public record Surroundings(
            String version,
            Clock clock,
            RandomGenerator random,
            Connections connections,
            Pressure pressure,
            ColdReads coldReads) {}

    /// Listens.
    ///
    /// @throws IOException when the address cannot be bound
    public static AmqpDialect start(
            AmqpSettings settings, Broker broker, Surroundings surroundings, Transport transport)
            throws IOException {
        var growth = new TopicGrowth();
        broker.onCatalog(growth::onCatalog);
        var services =
                new Services(
                        broker,
                        settings,
                        surroundings.version(),
                        surroundings.clock(),
                        surroundings.random(),
                        surroundings.connections(),
                        surroundings.pressure(),
                        surroundings.coldReads(),
                        new ExclusiveOwners(),
                        new ReplyAddresses(),
                        growth);
        var limits = StreamListenerSettings.of(settings.bind(), settings.connectionsMax());
        return new AmqpDialect(
                transport.listen(limits, connection -> new AmqpSession(connection, services)));
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /// For what wants to be shown: connections, bytes.
    public Listener listener() {
        return listener;
    }

    /// Takes nothing new, says goodbye, closes the port.
    @Override
    public void close() {
        listener.stop(DRAIN_MAX);
    }
}
