package io.sluice.dialect.kafka;

import io.sluice.transport.Listener;
import io.sluice.transport.ListenerSettings;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Kafka clients' way in: an open port, and behind it the routing table.
public final class KafkaDialect implements AutoCloseable {
    /// How long open requests may take when the server stops, within the ten seconds that it has in all.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(4);

    private final Listener listener;

    private KafkaDialect(Listener listener) {
        this.listener = listener;
    }

    /// Listens, and answers by the table.
    ///
    /// @throws IOException when the address cannot be bound
    public static KafkaDialect start(
            KafkaSettings settings, RoutingTable table, Transport transport) throws IOException {
        var limits =
                new ListenerSettings(
                        settings.bind(),
                        settings.requestBytesMax(),
                        settings.connectionsMax(),
                        Duration.ofMillis(settings.idleMillisMax()));
        return new KafkaDialect(
                transport.listen(
                        limits, connection -> new KafkaSession(connection, table, settings)));
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /// For what wants to be shown: connections, requests, bytes.
    public Listener listener() {
        return listener;
    }

    /// Takes nothing new, answers what is open, closes the port.
    @Override
    public void close() {
        listener.stop(DRAIN_MAX);
    }
}
