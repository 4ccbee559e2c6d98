package io.sluice.dialect.kafka;

import org.apache.kafka.common.protocol.ApiKeys;

/// One line of the routing table: an API, the versions of it that are implemented and tested, and who handles it.
///
/// What stands here is what clients are told, and nothing else is.
///
/// @param minVersion the oldest version that is advertised
/// @param maxVersion the newest version that is advertised
public record Api(ApiKeys key, short minVersion, short maxVersion, RequestHandler handler) {
    public Api {
        if (minVersion > maxVersion || maxVersion > key.latestVersion()) {
            throw new IllegalArgumentException(
                    key + " cannot be offered in versions " + minVersion + " to " + maxVersion);
        }
    }

    /// The same with plain numbers, as the tables are written.
    public static Api of(ApiKeys key, int minVersion, int maxVersion, RequestHandler handler) {
        return new Api(key, (short) minVersion, (short) maxVersion, handler);
    }

    boolean offers(short version) {
        return minVersion <= version && version <= maxVersion;
    }
}
