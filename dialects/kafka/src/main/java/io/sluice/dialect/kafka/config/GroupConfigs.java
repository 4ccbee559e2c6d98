package io.sluice.dialect.kafka.config;

import io.sluice.broker.Catalog;
import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;

/// What a group can be told, by Kafka's own definitions ([GroupConfig]) and within the bounds that the broker's settings
/// draw; and, of share groups, by Sluice's ([PolicyConfigs]). Asked rarely, it keeps nothing of Kafka's coordinator loaded that nobody has asked for.
///
/// Immutable; safe on any thread.
public final class GroupConfigs {
    /// Under this kind the catalog keeps what was set for groups.
    public static final String KIND = Catalog.GROUP_KIND;

    private final Map<String, String> broker;

    /// @param broker the broker's settings about groups that were set, such as `group.consumer.max.session.timeout.ms`
    public GroupConfigs(Map<String, String> broker) {
        this.broker = Map.copyOf(broker);
    }

    /// Why `wanted` cannot be a group's settings, in Kafka's words; empty when it can.
    public Optional<String> refusal(Map<String, String> wanted) {
        var bounds = bounds();
        try {
            GroupConfig.validate(
                    PolicyConfigs.GROUP.without(wanted),
                    new GroupCoordinatorConfig(bounds),
                    new ShareGroupConfig(bounds));
            return PolicyConfigs.GROUP.refusal(wanted);
        } catch (ConfigException | InvalidConfigurationException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /// Every setting, sorted by name, as it is for a group that has set `config`.
    public List<Setting> describe(Map<String, String> config) {
        var bounds = bounds();
        var merged =
                new HashMap<String, Object>(
                        new GroupCoordinatorConfig(bounds)
                                .extractGroupConfigMap(new ShareGroupConfig(bounds)));
        merged.putAll(withoutPolicies(config));
        var values = GroupConfig.CONFIG_DEF.parse(merged);
        var keys = new TreeMap<>(GroupConfig.CONFIG_DEF.configKeys());
        keys.putAll(PolicyConfigs.GROUP.keys());
        return keys.values().stream().map(key -> setting(key, values, config)).toList();
    }

    /// The definition of one setting.
    public Optional<ConfigKey> definition(String name) {
        return Optional.ofNullable(GroupConfig.CONFIG_DEF.configKeys().get(name))
                .or(() -> Optional.ofNullable(PolicyConfigs.GROUP.keys().get(name)));
    }

    /// Those of a group's settings that Kafka's coordinator knows.
    public static Map<String, String> withoutPolicies(Map<String, String> config) {
        return PolicyConfigs.GROUP.without(config);
    }

    private AbstractConfig bounds() {
        return new AbstractConfig(definitions(), broker, false);
    }

    private static ConfigDef definitions() {
        return Utils.mergeConfigs(
                List.of(GroupCoordinatorConfig.CONFIG_DEF, ShareGroupConfig.CONFIG_DEF));
    }

    private Setting setting(ConfigKey key, Map<String, Object> values, Map<String, String> config) {
        if (PolicyConfigs.GROUP.has(key.name)) {
            return PolicyConfigs.GROUP.setting(key, config);
        }
        var value = ConfigDef.convertToString(values.get(key.name), key.type);
        var synonyms = new ArrayList<Synonym>();
        if (config.containsKey(key.name)) {
            synonyms.add(new Synonym(key.name, value, ConfigSource.GROUP_CONFIG));
        }
        synonyms.addAll(
                GroupConfig.brokerSynonym(key.name)
                        .map(this::counterpart)
                        .orElseGet(() -> BrokerDefinitions.byDefault(key).stream().toList()));
        return new Setting(
                key.name, value, key.type, synonyms, String.valueOf(key.documentation), false);
    }

    private List<Synonym> counterpart(String name) {
        var synonyms = new ArrayList<Synonym>();
        if (broker.containsKey(name)) {
            synonyms.add(new Synonym(name, broker.get(name), ConfigSource.STATIC_BROKER_CONFIG));
        }
        Optional.ofNullable(definitions().configKeys().get(name))
                .flatMap(BrokerDefinitions::byDefault)
                .ifPresent(synonyms::add);
        return synonyms;
    }
}
