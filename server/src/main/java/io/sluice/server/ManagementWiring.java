package io.sluice.server;

import io.sluice.admin.Loop;
import io.sluice.admin.management.Management;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.NodeFacts.Listening;
import io.sluice.admin.sluice.SluiceApi;
import io.sluice.admin.sluice.TopicRules;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import io.sluice.broker.push.PushEndpoints;
import io.sluice.server.admin.AmqpMessages;
import io.sluice.server.admin.AmqpRules;
import io.sluice.server.admin.KafkaTopicRules;
import io.sluice.server.admin.ProcessNode;
import io.sluice.server.admin.SqsDialectFacts;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/// The management API as one process runs it.
final class ManagementWiring {
    private final Settings settings;
    private final StartedParts parts;

    ManagementWiring(Settings settings, StartedParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /// @param loop the admin's
    Management make(Broker broker, Connections connections, PushEndpoints push, Loop loop) {
        var services = services(broker, connections, loop);
        return new Management(services, SluiceApi.resources(services, topicRules(), push));
    }

    private ManagementServices services(Broker broker, Connections connections, Loop loop) {
        var node =
                new ProcessNode(
                        NodeName.current(),
                        Version.current(),
                        settings.of(SettingsTable.AMQP_PRODUCT),
                        settings.of(SettingsTable.AMQP_VERSION),
                        settings.of(SettingsTable.DATA_DIR),
                        settings.of(SettingsTable.DISK_FREE_MIN),
                        this::listeners);
        return new ManagementServices(
                broker,
                connections,
                node,
                new AmqpMessages(),
                new AmqpRules(),
                new SqsDialectFacts(),
                loop,
                Clock.system(),
                new SecureRandom());
    }

    /// What the API can do, for those who want it done before anybody listens.
    ManagementServices services(Broker broker, Connections connections) {
        return services(broker, connections, new AtOnce());
    }

    /// Runs what it is given on whatever thread gives it.
    private static final class AtOnce implements Loop {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void after(long millis, Runnable task) {
            throw new UnsupportedOperationException("nothing waits here");
        }
    }

    TopicRules topicRules() {
        var durability = settings.of(SettingsTable.DURABILITY).name();
        return new KafkaTopicRules(durability.toLowerCase(Locale.ROOT));
    }

    private List<Listening> listeners() {
        return parts.listeners().entrySet().stream()
                .map(entry -> new Listening(protocol(entry.getKey()), entry.getValue()))
                .toList();
    }

    /// By RabbitMQ's names.
    private static String protocol(String listener) {
        return listener.equals("admin") ? "http" : listener;
    }
}
