package io.sluice.server;

import java.util.concurrent.TimeUnit;

/// When the operator pressed return, as far as anybody noted it.
///
/// The launcher hands its own start over in the property `sluice.started` (seconds with a fraction),
/// because asking the JVM would load its management classes for one number.
final class ProcessStart {
    private ProcessStart() {}

    /// Milliseconds since 1970-01-01 UTC; now, if nobody noted it.
    static long millis() {
        var started = System.getProperty("sluice.started", "");
        return started.matches("\\d{1,12}\\.\\d{1,9}")
                ? (long) (Double.parseDouble(started) * TimeUnit.SECONDS.toMillis(1))
                : System.currentTimeMillis();
    }
}
