package io.sluice.admin.management;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Points in time as this API writes them.
final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private Times() {}

    /// `2026-11-28T05:41:24.210+00:00`.
    static String text(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }
}
