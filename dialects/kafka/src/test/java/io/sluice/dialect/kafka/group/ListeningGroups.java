package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import io.sluice.dialect.kafka.Api;
import io.sluice.dialect.kafka.KafkaDialect;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.MemoryBroker;
import io.sluice.dialect.kafka.RoutingTable;
import io.sluice.dialect.kafka.config.TopicConfigs;
import io.sluice.dialect.kafka.data.DataApis;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Map;

/// Groups and the data plane on a port of the loopback, over a broker in memory, for real clients.
final class ListeningGroups implements AutoCloseable {
    private static final long BUDGET_BYTES = 256L << 20;

    final MemoryBroker broker = new MemoryBroker();

    private final Transport transport = new Transport(2, new MemoryBudget(BUDGET_BYTES));
    private final TestThread thread = new TestThread();
    private final GroupCoordination coordination =
            new GroupCoordination(
                    broker,
                    Clock.system(),
                    GroupSettings.DEFAULT
                            .withInitialRebalanceDelayMillis(100)
                            .withConsumerHeartbeatMillis(100),
                    thread);
    private final KafkaDialect dialect;

    ListeningGroups() {
        var settings = KafkaSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var services = new KafkaServices(broker, settings, Clock.system());
        var apis = new ArrayList<Api>(DataApis.all(services, new TopicConfigs("sync")));
        apis.addAll(GroupApis.all(broker, coordination));
        try {
            dialect = KafkaDialect.start(settings, RoutingTable.of(apis), transport);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + dialect.address().getPort());
    }

    @Override
    public void close() {
        coordination.close();
        dialect.close();
        transport.close();
        thread.close();
        broker.close();
    }
}
