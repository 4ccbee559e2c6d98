package io.sluice.dialect.kafka.config;

import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;

/// The broker's own settings by Kafka's names. They are set where the process is started, none over the protocol.
///
/// Immutable; safe on any thread.
public final class BrokerConfigs {
    private final Map<String, String> started;

    /// The definitions, together with those of groups. Held apart so that nothing of the group coordinator is loaded before
    /// somebody asks.
    private static final class Definitions {
        static final Map<String, ConfigKey> ALL = new TreeMap<>(BrokerDefinitions.all());

        static {
            ALL.putAll(GroupCoordinatorConfig.CONFIG_DEF.configKeys());
            ALL.values().removeIf(key -> key.internalConfig);
        }

        private Definitions() {}
    }

    /// @param started the values this process was started with, by Kafka's names; the rest has Kafka's defaults, and so has what
    ///     is the same
    public BrokerConfigs(Map<String, String> started) {
        this.started = Map.copyOf(started);
    }

    /// Every setting, sorted by name.
    public List<Setting> describe() {
        return Definitions.ALL.values().stream().map(this::setting).toList();
    }

    /// The definition of one setting.
    public Optional<ConfigKey> definition(String name) {
        return Optional.ofNullable(Definitions.ALL.get(name));
    }

    private Setting setting(ConfigKey key) {
        var synonyms = new ArrayList<Synonym>();
        var byDefault = BrokerDefinitions.byDefault(key);
        var value = started.get(key.name);
        if (value != null && byDefault.filter(synonym -> value.equals(synonym.value())).isEmpty()) {
            synonyms.add(new Synonym(key.name, value, ConfigSource.STATIC_BROKER_CONFIG));
        }
        byDefault.ifPresent(synonyms::add);
        var effective = synonyms.isEmpty() ? null : synonyms.getFirst().value();
        return new Setting(
                key.name, effective, key.type, synonyms, String.valueOf(key.documentation), true);
    }
}
