package io.sluice.dialect.kafka;

import io.sluice.base.Clock;
import io.sluice.dialect.kafka.config.TopicConfigs;
import io.sluice.dialect.kafka.data.DataApis;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// The data plane listening on a free port of the loopback, over a broker in memory.
public final class RunningDialect implements AutoCloseable {
    private static final long BUDGET = 64L << 20;
    private static final int REQUEST_BYTES_MAX = 16 << 20;
    private static final int CONNECTIONS_MAX = 100;
    private static final int IDLE_MILLIS_MAX = 600_000;

    private final MemoryBroker broker = new MemoryBroker();
    private final Transport transport = new Transport(2, new MemoryBudget(BUDGET));
    private final KafkaDialect dialect;

    public RunningDialect() {
        var settings =
                new KafkaSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        true,
                        1,
                        REQUEST_BYTES_MAX,
                        CONNECTIONS_MAX,
                        IDLE_MILLIS_MAX);
        var services = new KafkaServices(broker, settings, Clock.system());
        try {
            dialect =
                    KafkaDialect.start(
                            settings,
                            RoutingTable.of(DataApis.all(services, new TopicConfigs("sync"))),
                            transport);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public MemoryBroker broker() {
        return broker;
    }

    /// How many requests have arrived.
    public long requests() {
        return dialect.listener().traffic().requests();
    }

    public InetSocketAddress address() {
        return dialect.address();
    }

    /// What every client needs to be told.
    public Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + address().getPort());
    }

    @Override
    public void close() {
        dialect.close();
        transport.close();
        broker.close();
    }
}
