package io.sluice.dialect.kafka.group;

import io.sluice.broker.Catalog;
import io.sluice.dialect.kafka.config.GroupConfigs;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings of single groups (`consumer.session.timeout.ms` and the like), kept in the catalog under the kind [#KIND]
/// and handed to Kafka's coordinator when they change.
///
/// Owned by the coordinator's thread.
final class GroupConfigFeed {
    /// What the catalog calls a group's settings.
    static final String KIND = Catalog.GROUP_KIND;

    private static final Logger log = LoggerFactory.getLogger(GroupConfigFeed.class);

    private final GroupConfigManager kafka;
    private final Map<String, Map<String, String>> known = new HashMap<>();

    GroupConfigFeed(GroupConfigManager kafka) {
        this.kafka = kafka;
    }

    void apply(Catalog catalog) {
        var configured = catalog.configured(KIND);
        for (var group : configured) {
            var settings = catalog.settings(KIND, group);
            if (!settings.equals(known.put(group, settings))) {
                update(group, settings);
            }
        }
        known.keySet()
                .removeIf(
                        group -> {
                            boolean forgotten = !configured.contains(group);
                            if (forgotten) {
                                update(group, Map.of());
                            }
                            return forgotten;
                        });
    }

    private void update(String group, Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(GroupConfigs.withoutPolicies(settings));
        try {
            kafka.updateGroupConfig(group, properties);
        } catch (KafkaException unfit) {
            // They were checked when they were set; the bounds may have been narrowed since by the
            // broker's own settings.
            log.warn("settings of group {} are not applied: {}", group, unfit.getMessage());
        }
    }
}
