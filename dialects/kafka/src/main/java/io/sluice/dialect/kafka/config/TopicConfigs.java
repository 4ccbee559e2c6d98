package io.sluice.dialect.kafka.config;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.storage.internals.log.LogConfig;

/// What a topic can be told: Kafka's own definitions ([LogConfig]) and Sluice's ([SluiceTopicConfigs], [PolicyConfigs]).
///
/// Safe on any thread. Parsing a topic's settings costs some fifty microseconds, so the parsed form of each topic is
/// kept until its settings change or the topic goes.
public final class TopicConfigs {
    private final String serverDurability;
    private final ConfigDef sluice;
    private final Map<String, ConfigKey> keys;
    private final Map<String, Object> defaults;
    private final Map<UUID, Parsed> parsed = new ConcurrentHashMap<>();

    /// How many may be known before the next look at which of them are gone.
    private int sweepAt;

    /// Of topics that set nothing, as most do: the answer to every creation describes the new topic.
    private final Map<Map<String, String>, List<Setting>> described = new ConcurrentHashMap<>();

    private record Parsed(Map<String, String> from, LogConfig config) {}

    /// @param serverDurability the durability of topics that do not say, `sync` or `os`
    public TopicConfigs(String serverDurability) {
        this.serverDurability = serverDurability;
        sluice = SluiceTopicConfigs.definitions(serverDurability);
        keys = new TreeMap<>(LogConfig.configKeys());
        keys.values().removeIf(key -> key.internalConfig);
        keys.putAll(sluice.configKeys());
        keys.putAll(PolicyConfigs.TOPIC.keys());
        defaults = LogConfig.configDefCopy().defaultValues();
    }

    /// The topic's settings, defaults filled in. Cheap from the second call on.
    public LogConfig of(Topic topic) {
        var known = parsed.get(topic.id());
        // Nearly always the same map, which equals itself at once.
        if (known == null || !known.from().equals(topic.config())) {
            var config = new LogConfig(topic.config(), topic.config().keySet());
            known = new Parsed(topic.config(), config);
            parsed.put(topic.id(), known);
        }
        return known.config();
    }

    /// Forgets topics that are gone, when twice as many are known as were left the last time: cheap to call with every change.
    /// Called on one thread at a time.
    public void retain(Catalog catalog) {
        if (parsed.size() > sweepAt) {
            parsed.keySet().removeIf(id -> catalog.topic(id).isEmpty());
            sweepAt = 2 * parsed.size();
        }
    }

    /// Why `wanted` cannot be a topic's settings, in Kafka's words; empty when it can.
    ///
    /// @param existing the settings so far; empty for a new topic
    public Optional<String> refusal(Map<String, String> existing, Map<String, String> wanted) {
        if (existing.isEmpty() && wanted.isEmpty()) {
            return Optional.empty();
        }
        var retention = wanted.get(SluiceTopicConfigs.RETENTION);
        if (retention != null && !retention.equals(existing.get(SluiceTopicConfigs.RETENTION))) {
            return Optional.of(
                    SluiceTopicConfigs.RETENTION + " comes with a queue and cannot be changed");
        }
        var kafkas = new HashMap<>(PolicyConfigs.TOPIC.without(wanted));
        var ours = new HashMap<String, String>();
        sluice.names().stream()
                .filter(kafkas::containsKey)
                .forEach(name -> ours.put(name, kafkas.remove(name)));
        try {
            sluice.parse(ours);
            LogConfig.validate(existing, kafkas, defaults, false);
            return PolicyConfigs.TOPIC.refusal(wanted);
        } catch (ConfigException | InvalidConfigurationException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /// Every setting, sorted by name, as it is for a topic that has set `config`.
    public List<Setting> describe(Map<String, String> config) {
        return config.isEmpty()
                ? described.computeIfAbsent(config, this::described)
                : described(config);
    }

    private List<Setting> described(Map<String, String> config) {
        var properties = new Properties();
        properties.putAll(config);
        var values =
                new HashMap<String, Object>(LogConfig.fromProps(Map.of(), properties).values());
        values.putAll(sluice.parse(sluices(config)));
        return keys.values().stream().map(key -> setting(key, values, config)).toList();
    }

    /// The names of all settings that can be set.
    public Set<String> names() {
        return keys.keySet();
    }

    /// The definition of one setting.
    public Optional<ConfigKey> definition(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    private Map<String, String> sluices(Map<String, String> config) {
        return config.entrySet().stream()
                .filter(entry -> sluice.names().contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Setting setting(ConfigKey key, Map<String, Object> values, Map<String, String> config) {
        if (PolicyConfigs.TOPIC.has(key.name)) {
            return PolicyConfigs.TOPIC.setting(key, config);
        }
        var value = ConfigDef.convertToString(values.get(key.name), key.type);
        var synonyms = new ArrayList<Synonym>();
        if (config.containsKey(key.name)) {
            synonyms.add(new Synonym(key.name, value, ConfigSource.TOPIC_CONFIG));
        }
        fallback(key.name).ifPresent(synonyms::add);
        return new Setting(
                key.name,
                value,
                key.type,
                synonyms,
                String.valueOf(key.documentation),
                key.name.equals(SluiceTopicConfigs.RETENTION));
    }

    private Optional<Synonym> fallback(String name) {
        if (!name.equals(SluiceTopicConfigs.DURABILITY)) {
            return BrokerDefinitions.ofTopic(name);
        }
        var started = !serverDurability.equals(SluiceTopicConfigs.SYNC);
        var source = started ? ConfigSource.STATIC_BROKER_CONFIG : ConfigSource.DEFAULT_CONFIG;
        return Optional.of(new Synonym(name, serverDurability, source));
    }
}
