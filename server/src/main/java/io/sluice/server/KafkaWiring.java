package io.sluice.server;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.Api;
import io.sluice.dialect.kafka.KafkaDialect;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.RoutingTable;
import io.sluice.dialect.kafka.admin.AdminApis;
import io.sluice.dialect.kafka.config.Configs;
import io.sluice.dialect.kafka.data.DataApis;
import io.sluice.dialect.kafka.group.GroupApis;
import io.sluice.dialect.kafka.group.GroupCoordination;
import io.sluice.dialect.kafka.group.GroupSettings;
import io.sluice.dialect.kafka.share.ShareApis;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The Kafka dialect as one process runs it: its settings, its table of APIs, its port.
final class KafkaWiring {
    private final Settings settings;
    private final StartedParts parts;

    KafkaWiring(Settings settings, StartedParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /// Opens the port.
    ///
    /// @throws IOException if it cannot be opened
    KafkaDialect start(Broker broker, Transport transport, InetSocketAddress bind)
            throws IOException {
        var kafka = kafkaSettings(bind);
        var table = RoutingTable.of(apis(broker, kafka));
        return parts.add("kafka dialect", KafkaDialect.start(kafka, table, transport));
    }

    private List<Api> apis(Broker broker, KafkaSettings kafka) {
        var services = new KafkaServices(broker, kafka, Clock.system());
        var groups =
                GroupSettings.DEFAULT.withInitialRebalanceDelayMillis(
                        settings.of(SettingsTable.KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MILLIS));
        var directory = settings.of(SettingsTable.DATA_DIR).toAbsolutePath().normalize().toString();
        var durability = settings.of(SettingsTable.DURABILITY).name().toLowerCase(Locale.ROOT);
        var configs = Configs.of(kafka, groups.kafka(), durability, directory);
        var thread = parts.add("groups' thread", new GroupsThread());
        var coordination =
                parts.add(
                        "group coordination",
                        new GroupCoordination(services.broker(), Clock.system(), groups, thread));
        var apis = new ArrayList<Api>();
        apis.addAll(DataApis.all(services, configs.topics()));
        apis.addAll(GroupApis.all(services.broker(), coordination));
        apis.addAll(ShareApis.all(services));
        apis.addAll(AdminApis.all(services, configs, directory));
        return apis;
    }

    private KafkaSettings kafkaSettings(InetSocketAddress bind) {
        return new KafkaSettings(
                bind,
                settings.of(SettingsTable.ADVERTISED_ADDRESS),
                settings.of(SettingsTable.KAFKA_AUTO_CREATE_TOPICS),
                settings.of(SettingsTable.KAFKA_DEFAULT_PARTITIONS),
                settings.kafkaRequestBytesMax(),
                settings.of(SettingsTable.KAFKA_CONNECTIONS_MAX),
                settings.of(SettingsTable.KAFKA_IDLE_MILLIS_MAX));
    }
}
