package io.sluice.server;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.sqs.SqsDialect;
import io.sluice.dialect.sqs.SqsSettings;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.server.settings.Signatures;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/// The SQS dialect as one process runs it: its settings, its port.
final class SqsWiring {
    private final Settings settings;
    private final StartedParts parts;

    SqsWiring(Settings settings, StartedParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /// Opens the port.
    ///
    /// @throws IOException if it cannot be opened
    SqsDialect start(Broker broker, Transport transport, InetSocketAddress bind)
            throws IOException {
        return parts.add(
                "sqs dialect",
                SqsDialect.start(
                        sqsSettings(bind), broker, Clock.system(), new SecureRandom(), transport));
    }

    private SqsSettings sqsSettings(InetSocketAddress bind) {
        return new SqsSettings(
                bind,
                settings.of(SettingsTable.SQS_CONNECTIONS_MAX),
                signatures(bind),
                settings.of(SettingsTable.SQS_PURGE_WAITS),
                settings.of(SettingsTable.SQS_DELETE_WAITS));
    }

    /// Whoever is on this machine is trusted where nobody else can come.
    private SqsSettings.Signatures signatures(InetSocketAddress bind) {
        var asked =
                settings.of(SettingsTable.SQS_SIGNATURES)
                        .orElse(
                                bind.getAddress().isLoopbackAddress()
                                        ? Signatures.OFF
                                        : Signatures.VERIFY);
        return switch (asked) {
            case OFF -> SqsSettings.Signatures.OFF;
            case ACCEPT_ANY -> SqsSettings.Signatures.ACCEPT_ANY;
            case VERIFY -> SqsSettings.Signatures.VERIFY;
        };
    }
}
