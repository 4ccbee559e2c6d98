package io.sluice.server;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import io.sluice.dialect.amqp.AmqpDialect;
import io.sluice.dialect.amqp.AmqpSettings;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/// The AMQP dialect as one process runs it: its settings, its port.
final class AmqpWiring {
    private final Settings settings;
    private final StartedParts parts;

    AmqpWiring(Settings settings, StartedParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /// Opens the port.
    ///
    /// @throws IOException if it cannot be opened
    AmqpDialect start(
            Broker broker,
            Connections connections,
            MemoryBudget budget,
            Transport transport,
            InetSocketAddress bind)
            throws IOException {
        var watermarks =
                parts.add(
                        "watermarks",
                        new Watermarks(
                                budget,
                                settings.of(SettingsTable.DATA_DIR),
                                settings.of(SettingsTable.DISK_FREE_MIN)));
        var surroundings =
                new AmqpDialect.Surroundings(
                        Version.current(),
                        Clock.system(),
                        new SecureRandom(),
                        connections,
                        watermarks,
                        parts.add("cold reads", new ColdReadsThread()));
        return parts.add(
                "amqp dialect",
                AmqpDialect.start(amqpSettings(bind), broker, surroundings, transport));
    }

    private AmqpSettings amqpSettings(InetSocketAddress bind) {
        return new AmqpSettings(
                bind,
                settings.of(SettingsTable.AMQP_PRODUCT),
                settings.of(SettingsTable.AMQP_VERSION),
                settings.of(SettingsTable.AMQP_CHANNEL_MAX),
                Math.toIntExact(settings.of(SettingsTable.AMQP_FRAME_BYTES_MAX)),
                settings.of(SettingsTable.AMQP_HEARTBEAT_SECONDS),
                settings.amqpMessageBytesMax(),
                settings.of(SettingsTable.AMQP_CONNECTIONS_MAX));
    }
}
