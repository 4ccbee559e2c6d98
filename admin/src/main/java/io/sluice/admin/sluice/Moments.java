package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import java.time.Instant;

/// Points in time as this API writes them: ISO 8601, UTC, milliseconds.
final class Moments {
    private Moments() {}

    static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /// @param millis wall clock; 0: there is no such moment
    static Json of(long millis) {
        return millis == 0 ? Json.nothing() : Json.of(text(millis));
    }
}
