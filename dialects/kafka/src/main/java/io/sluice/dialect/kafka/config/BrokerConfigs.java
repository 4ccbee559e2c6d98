package io.sluice.dialect.kafka.config;

import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.server.config.ServerConfigs;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.CleanerConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.jspecify.annotations.Nullable;

/// The broker's own settings by Kafka's names: those of Kafka's that mean something here, which is the defaults of topics
/// and of groups and what tools ask a broker for. They are set where the process is started, none over the protocol.
///
/// Immutable; safe on any thread.
public final class BrokerConfigs {
    /// What tools ask a broker for besides the defaults of topics and groups.
    private static final Set<String> ASKED_FOR =
            Set.of(
                    "auto.create.topics.enable",
                    "broker.id",
                    "delete.topic.enable",
                    "log.dir",
                    "log.dirs",
                    "max.request.partition.size.limit",
                    "num.partitions");

    private static final Map<String, ConfigKey> KEYS = definitions();

    private final Map<String, String> started;

    /// @param started the values this process was started with, by Kafka's names; the rest has Kafka's defaults
    public BrokerConfigs(Map<String, String> started) {
        this.started = Map.copyOf(started);
    }

    /// Every setting, sorted by name.
    public List<Setting> describe() {
        return KEYS.values().stream().map(this::setting).toList();
    }

    /// The definition of one setting.
    public Optional<ConfigKey> definition(String name) {
        return Optional.ofNullable(KEYS.get(name));
    }

    /// What a topic's or a group's setting falls back to when the broker's counterpart of it was not set either, under
    /// the counterpart's name.
    ///
    /// Kafka names the fallback only when the counterpart itself has a default: `log.retention.ms` has none (the
    /// coarser `log.retention.hours` has), so `retention.ms` shows no synonym there, nor here.
    static Optional<Synonym> fallback(@Nullable String name) {
        return Optional.ofNullable(name)
                .map(KEYS::get)
                .filter(key -> key.hasDefault() && key.defaultValue != null)
                .map(key -> new Synonym(key.name, text(key), ConfigSource.DEFAULT_CONFIG));
    }

    private Setting setting(ConfigKey key) {
        var synonyms = new ArrayList<Synonym>();
        var value = started.get(key.name);
        if (value != null) {
            synonyms.add(new Synonym(key.name, value, ConfigSource.STATIC_BROKER_CONFIG));
        }
        fallback(key.name).ifPresent(synonyms::add);
        var effective = synonyms.isEmpty() ? null : synonyms.getFirst().value();
        return new Setting(
                key.name, effective, key.type, synonyms, String.valueOf(key.documentation), true);
    }

    private static String text(ConfigKey key) {
        return ConfigDef.convertToString(key.defaultValue, key.type);
    }

    private static Map<String, ConfigKey> definitions() {
        var all = new HashMap<String, ConfigKey>();
        all.putAll(ServerConfigs.CONFIG_DEF.configKeys());
        all.putAll(LogConfig.SERVER_CONFIG_DEF.configKeys());
        all.putAll(CleanerConfig.CONFIG_DEF.configKeys());
        var kept = new TreeMap<String, ConfigKey>();
        ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.values().stream()
                .flatMap(List::stream)
                .forEach(synonym -> keep(synonym.name(), all, kept));
        ASKED_FOR.forEach(name -> keep(name, all, kept));
        kept.putAll(GroupCoordinatorConfig.CONFIG_DEF.configKeys());
        kept.putAll(ownDefinitions().configKeys());
        kept.values().removeIf(key -> key.internalConfig);
        return kept;
    }

    private static void keep(String name, Map<String, ConfigKey> all, Map<String, ConfigKey> kept) {
        Optional.ofNullable(all.get(name)).ifPresent(key -> kept.put(name, key));
    }

    /// Definitions that stand in modules of Kafka's which are not used here, in our words, and Sluice's own.
    private static ConfigDef ownDefinitions() {
        return SluiceTopicConfigs.definitions(SluiceTopicConfigs.SYNC)
                .define("node.id", Type.INT, Importance.HIGH, "The number of this broker in its cluster.")
                .define("listeners", Type.LIST, Importance.HIGH, "Where this broker listens.")
                .define("advertised.listeners", Type.LIST, null, Importance.HIGH, "Where clients are told to connect;"
                        + " unset, every client is told the address that it connected to.")
                .define("default.replication.factor", Type.INT, 1, Importance.MEDIUM, "The copies of a topic that does"
                        + " not say how many; always 1 on a single broker.")
                .define("unclean.leader.election.enable", Type.BOOLEAN, false, Importance.HIGH, "Without effect: a"
                        + " partition has one replica.")
                .define("socket.request.max.bytes", Type.INT, 100 * 1024 * 1024, Importance.HIGH, "The largest request"
                        + " in bytes; a larger one ends its connection.")
                .define("log.local.retention.ms", Type.LONG, -2L, Importance.MEDIUM, "Without effect: there is no tiered"
                        + " storage.")
                .define("log.local.retention.bytes", Type.LONG, -2L, Importance.MEDIUM, "Without effect: there is no"
                        + " tiered storage.");
    }
}
