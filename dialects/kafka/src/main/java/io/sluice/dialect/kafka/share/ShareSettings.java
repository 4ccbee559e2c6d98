package io.sluice.dialect.kafka.share;

import io.sluice.broker.Catalog;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;

/// What a share group was told, as far as it concerns what is handed out. All was checked when it was set.
///
/// @param lockMillis how long a record is its consumer's
/// @param begins where the group begins on a topic that it was not on before
/// @param renews whether a consumer may ask for more time
record ShareSettings(int lockMillis, Begins begins, boolean renews) {
    private static final String BY_DURATION = "by_duration:";

    /// A place in a topic.
    sealed interface Begins {
        record Earliest() implements Begins {}

        record Latest() implements Begins {}

        /// At the first record that is no older.
        record Ago(Duration time) implements Begins {}
    }

    static ShareSettings of(Catalog catalog, String group) {
        return of(catalog.settings(Catalog.GROUP_KIND, group));
    }

    static ShareSettings of(Map<String, String> set) {
        var lock = set.get(GroupConfig.SHARE_RECORD_LOCK_DURATION_MS_CONFIG);
        var begins = set.getOrDefault(GroupConfig.SHARE_AUTO_OFFSET_RESET_CONFIG, "latest");
        var renews = set.get(GroupConfig.SHARE_RENEW_ACKNOWLEDGE_ENABLE_CONFIG);
        return new ShareSettings(
                lock == null
                        ? ShareGroupConfig.SHARE_GROUP_RECORD_LOCK_DURATION_MS_DEFAULT
                        : Integer.parseInt(lock.strip()),
                begins(begins.strip()),
                renews == null || Boolean.parseBoolean(renews.strip()));
    }

    private static Begins begins(String text) {
        if (text.startsWith(BY_DURATION)) {
            return new Begins.Ago(Duration.parse(text.substring(BY_DURATION.length())));
        }
        return text.equals("earliest") ? new Begins.Earliest() : new Begins.Latest();
    }
}
