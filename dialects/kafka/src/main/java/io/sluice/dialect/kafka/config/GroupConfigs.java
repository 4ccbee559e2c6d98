package io.sluice.dialect.kafka.config;

import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;

/// What a group can be told, by Kafka's own definitions ([GroupConfig]) and within the bounds that the broker sets.
///
/// Immutable; safe on any thread.
public final class GroupConfigs {
    /// Under this kind the catalog keeps what was set for groups.
    public static final String KIND = "group";

    private static final Map<String, ConfigKey> KEYS = new TreeMap<>(GroupConfig.CONFIG_DEF.configKeys());

    private final GroupCoordinatorConfig bounds;
    private final ShareGroupConfig shareBounds;

    public GroupConfigs(GroupCoordinatorConfig bounds, ShareGroupConfig shareBounds) {
        this.bounds = bounds;
        this.shareBounds = shareBounds;
    }

    /// Why `wanted` cannot be a group's settings, in Kafka's words; empty when it can.
    public Optional<String> refusal(Map<String, String> wanted) {
        try {
            GroupConfig.validate(wanted, bounds, shareBounds);
            return Optional.empty();
        } catch (ConfigException | InvalidConfigurationException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /// Every setting, sorted by name, as it is for a group that has set `config`.
    public List<Setting> describe(Map<String, String> config) {
        var merged = new HashMap<String, Object>(bounds.extractGroupConfigMap(shareBounds));
        merged.putAll(config);
        var values = GroupConfig.CONFIG_DEF.parse(merged);
        return KEYS.values().stream().map(key -> setting(key, values, config)).toList();
    }

    /// The definition of one setting.
    public Optional<ConfigKey> definition(String name) {
        return Optional.ofNullable(KEYS.get(name));
    }

    private static Setting setting(ConfigKey key, Map<String, Object> values, Map<String, String> config) {
        var value = ConfigDef.convertToString(values.get(key.name), key.type);
        var synonyms = new ArrayList<Synonym>();
        if (config.containsKey(key.name)) {
            synonyms.add(new Synonym(key.name, value, ConfigSource.GROUP_CONFIG));
        }
        GroupConfig.brokerSynonym(key.name)
                .map(BrokerConfigs::fallback)
                .orElseGet(() -> ownDefault(key))
                .ifPresent(synonyms::add);
        return new Setting(key.name, value, key.type, synonyms, String.valueOf(key.documentation), false);
    }

    private static Optional<Synonym> ownDefault(ConfigKey key) {
        var text = ConfigDef.convertToString(key.defaultValue, key.type);
        return Optional.ofNullable(text).map(value -> new Synonym(key.name, value, ConfigSource.DEFAULT_CONFIG));
    }
}
