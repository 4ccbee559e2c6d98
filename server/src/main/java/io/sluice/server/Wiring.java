package io.sluice.server;

import io.sluice.broker.Broker;
import io.sluice.broker.push.PushEndpoints;
import io.sluice.dialect.amqp.AmqpDialect;
import io.sluice.dialect.kafka.KafkaDialect;
import io.sluice.dialect.sqs.SqsDialect;
import io.sluice.server.admin.AdminEndpoint;
import io.sluice.server.admin.AdminRoutes;
import io.sluice.server.admin.Health;
import io.sluice.server.admin.Metrics;
import io.sluice.server.admin.ProcessMetrics;
import io.sluice.server.admin.PushMetrics;
import io.sluice.server.admin.QueueMetrics;
import io.sluice.server.definitions.Definitions;
import io.sluice.server.definitions.WrongDefinitionException;
import io.sluice.server.settings.Setting;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;

/// Which parts there are, what they are made of and in which order they start.
final class Wiring {
    private final Settings settings;
    private final StartedParts parts;
    private final Health health;
    private final Metrics metrics = new Metrics();
    private final OpenConnections connections = new OpenConnections();

    private Wiring(Settings settings, StartedParts parts, Health health) {
        this.settings = settings;
        this.parts = parts;
        this.health = health;
    }

    /// Starts everything into `parts`.
    ///
    /// @param onFailure told, on any thread, when a part can no longer do its work
    /// @throws StartFailedException if a part cannot start
    static void start(
            Settings settings, StartedParts parts, Health health, Consumer<Throwable> onFailure) {
        var wiring = new Wiring(settings, parts, health);
        var directory = wiring.dataDirectory();
        var broker = EngineWiring.start(settings, directory, parts, wiring.metrics, onFailure);
        var schemas = new SchemaWiring(broker, wiring.metrics);
        wiring.define(schemas);
        var push = wiring.dialects(schemas.gate());
        wiring.admin(schemas, push);
    }

    private DataDirectory dataDirectory() {
        return parts.add("data directory", DataDirectory.lock(settings.of(SettingsTable.DATA_DIR)));
    }

    /// Before anybody may connect.
    private void define(SchemaWiring schemas) {
        settings.of(SettingsTable.DEFINITIONS)
                .ifPresent(
                        file -> {
                            var management = new ManagementWiring(settings, parts);
                            try {
                                new Definitions(
                                                management.services(schemas.gate(), connections),
                                                management.topicRules(),
                                                schemas.registry())
                                        .apply(file);
                            } catch (WrongDefinitionException wrong) {
                                throw new StartFailedException(
                                        String.valueOf(wrong.getMessage()), wrong);
                            }
                        });
    }

    private PushEndpoints dialects(Broker broker) {
        var budget = new MemoryBudget(settings.of(SettingsTable.MEMORY_BUDGET));
        var transport = parts.add("transport", new Transport(loops(), budget));
        var kafka = kafka(broker, transport);
        var amqp = amqp(broker, budget, transport);
        var sqs = sqs(broker, transport);
        TransportMetrics.register(
                metrics,
                budget,
                Map.of("kafka", kafka.listener(), "amqp", amqp.listener(), "sqs", sqs.listener()));
        return new PushWiring(settings, parts).start(broker, transport);
    }

    /// One for two cores: loops take the turns of shards and of the journal's writer too, and the fewer there are, the more each finds when it looks (decision 18).
    private static int loops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private KafkaDialect kafka(Broker broker, Transport transport) {
        var address = address(SettingsTable.KAFKA_PORT);
        try {
            var kafka = new KafkaWiring(settings, parts).start(broker, transport, address);
            parts.listening("kafka", kafka.address());
            return kafka;
        } catch (IOException failed) {
            throw cannotListen(SettingsTable.KAFKA_PORT, address, failed);
        }
    }

    private AmqpDialect amqp(Broker broker, MemoryBudget budget, Transport transport) {
        var address = address(SettingsTable.AMQP_PORT);
        try {
            var amqp =
                    new AmqpWiring(settings, parts)
                            .start(broker, connections, budget, transport, address);
            parts.listening("amqp", amqp.address());
            return amqp;
        } catch (IOException failed) {
            throw cannotListen(SettingsTable.AMQP_PORT, address, failed);
        }
    }

    private SqsDialect sqs(Broker broker, Transport transport) {
        var address = address(SettingsTable.SQS_PORT);
        try {
            var sqs = new SqsWiring(settings, parts).start(broker, transport, address);
            parts.listening("sqs", sqs.address());
            return sqs;
        } catch (IOException failed) {
            throw cannotListen(SettingsTable.SQS_PORT, address, failed);
        }
    }

    private void admin(SchemaWiring schemas, PushEndpoints push) {
        metrics.fact("sluice_build_info", "The version that runs.", "version", Version.current());
        ProcessMetrics.register(metrics);
        var address = address(SettingsTable.ADMIN_PORT);
        try {
            var management = new ManagementWiring(settings, parts);
            var endpoint =
                    AdminEndpoint.listen(
                            address,
                            new AdminRoutes(health, metrics),
                            loop -> management.make(schemas.gate(), connections, push, loop),
                            loop -> schemas.registry(loop, address),
                            loop ->
                                    QueueMetrics.register(metrics, schemas.gate(), loop)
                                            .and(PushMetrics.register(metrics, push, loop)));
            parts.add("admin endpoint", endpoint);
            parts.listening("admin", endpoint.address());
        } catch (IOException failed) {
            throw cannotListen(SettingsTable.ADMIN_PORT, address, failed);
        }
    }

    private InetSocketAddress address(Setting<Integer> port) {
        return new InetSocketAddress(settings.of(SettingsTable.BIND), settings.of(port));
    }

    private static StartFailedException cannotListen(
            Setting<Integer> port, InetSocketAddress address, IOException cause) {
        return new StartFailedException(
                "cannot listen on %s (%s): %s"
                        .formatted(Addresses.text(address), port.option(), reason(cause)),
                cause);
    }

    /// The operating system's own words, which are at the bottom.
    private static String reason(IOException failure) {
        Throwable reason = failure;
        for (var next = failure.getCause(); next != null; next = next.getCause()) {
            reason = next;
        }
        return String.valueOf(reason.getMessage());
    }
}
