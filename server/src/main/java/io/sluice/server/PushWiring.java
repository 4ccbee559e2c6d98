package io.sluice.server;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.push.PushDialect;
import io.sluice.dialect.push.PushSettings;
import io.sluice.dialect.push.TargetGuard;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.transport.Transport;

/// The delivery by HTTP as one process runs it.
final class PushWiring {
    private final Settings settings;
    private final StartedParts parts;

    PushWiring(Settings settings, StartedParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    PushDialect start(Broker broker, Transport transport) {
        var guard = TargetGuard.of(settings.of(SettingsTable.PUSH_ALLOW));
        return parts.add(
                "push dialect",
                PushDialect.start(
                        new PushSettings(guard, Version.current()),
                        broker,
                        Clock.system(),
                        transport));
    }
}
