package io.sluice.server;

import io.sluice.server.settings.Durability;
import io.sluice.server.settings.SettingsTable;
import java.io.PrintStream;
import java.util.Locale;

/// The few lines that say what has started and where to find it.
final class Banner {
    private Banner() {}

    static void print(PrintStream out, Server server, long tookMillis) {
        var settings = server.settings();
        out.printf("Sluice %s%n", Version.current());
        server.listeners()
                .forEach(
                        (name, address) ->
                                out.printf("  %-12s%s%n", name, Addresses.text(address)));
        out.printf(
                "  %-12s%s%n",
                "data", settings.of(SettingsTable.DATA_DIR).toAbsolutePath().normalize());
        out.printf("  %-12s%s%n", "durability", describe(settings.of(SettingsTable.DURABILITY)));
        out.printf(Locale.ROOT, "  %-12sin %.2f s%n", "ready", tookMillis / 1000.0);
        out.flush();
    }

    private static String describe(Durability durability) {
        return switch (durability) {
            case SYNC -> "sync (forced to the disk before the acknowledgement)";
            case OS -> "os (handed to the operating system before the acknowledgement)";
        };
    }
}
