package io.sluice.dialect.kafka.config;

import io.sluice.broker.policy.PolicyCheck;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.broker.policy.SettingKind;
import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/// The broker's policies as settings of a topic or a group, `sluice.retry.initial.ms` and so on: Kafka's tools list, explain and change them like
/// Kafka's own.
final class PolicyConfigs {
    /// Of topics: all.
    static final PolicyConfigs TOPIC =
            new PolicyConfigs(ConfigSource.TOPIC_CONFIG, setting -> true);

    /// Of groups: what is not a topic's alone.
    static final PolicyConfigs GROUP =
            new PolicyConfigs(ConfigSource.GROUP_CONFIG, setting -> !setting.isTopicOnly());

    private final ConfigSource source;
    private final Map<String, ConfigKey> keys;

    private PolicyConfigs(ConfigSource source, Predicate<PolicySetting> which) {
        this.source = source;
        var definitions = new ConfigDef();
        Stream.of(PolicySetting.values())
                .filter(which)
                .forEach(setting -> define(setting, definitions));
        this.keys = new TreeMap<>(definitions.configKeys());
    }

    private static void define(PolicySetting setting, ConfigDef definitions) {
        var byDefault = setting.defaultText();
        definitions.define(
                setting.kafkaName(),
                type(setting),
                byDefault.isEmpty() ? null : byDefault,
                Importance.MEDIUM,
                setting.documentation() + " Values: " + setting.kind().range() + ".");
    }

    private static ConfigDef.Type type(PolicySetting setting) {
        return switch (setting.kind()) {
            case SettingKind.Count _, SettingKind.Millis _ -> ConfigDef.Type.LONG;
            case SettingKind.Ratio _ -> ConfigDef.Type.DOUBLE;
            case SettingKind.Flag _ -> ConfigDef.Type.BOOLEAN;
            case SettingKind.Choice _ -> ConfigDef.Type.STRING;
            case SettingKind.Text _ ->
                    setting.isSecret() ? ConfigDef.Type.PASSWORD : ConfigDef.Type.STRING;
        };
    }

    /// By name.
    Map<String, ConfigKey> keys() {
        return keys;
    }

    boolean has(String name) {
        return keys.containsKey(name);
    }

    /// Those of `config` that are not policies.
    Map<String, String> without(Map<String, String> config) {
        var others = new HashMap<>(config);
        others.keySet().removeIf(this::has);
        return others;
    }

    /// Why they cannot all be set, in one sentence.
    Optional<String> refusal(Map<String, String> wanted) {
        var policies = new HashMap<>(wanted);
        policies.keySet().retainAll(keys.keySet());
        return PolicyCheck.problem(PolicyValues.ofKafka(policies));
    }

    /// One of them as it is where `config` was set.
    Setting setting(ConfigKey key, Map<String, String> config) {
        var byDefault = BrokerDefinitions.byDefault(key).stream().toList();
        var set = config.get(key.name);
        var synonyms =
                set == null
                        ? byDefault
                        : Stream.concat(
                                        Stream.of(new Synonym(key.name, set, source)),
                                        byDefault.stream())
                                .toList();
        return new Setting(
                key.name,
                synonyms.isEmpty() ? null : synonyms.getFirst().value(),
                key.type,
                synonyms,
                key.documentation,
                false);
    }
}
