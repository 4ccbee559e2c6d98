package io.sluice.dialect.kafka.config;

import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.server.config.ServerConfigs;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.CleanerConfig;
import org.apache.kafka.storage.internals.log.LogConfig;

/// Those of a Kafka broker's settings that mean something here, without those of groups: the counterparts of topics'
/// settings, and what tools ask a broker for.
final class BrokerDefinitions {
    private static final Set<String> ASKED_FOR =
            Set.of(
                    "auto.create.topics.enable",
                    "broker.id",
                    "delete.topic.enable",
                    "log.dir",
                    "log.dirs",
                    "max.request.partition.size.limit",
                    "num.partitions");

    private static final Map<String, ConfigKey> KEYS = gathered();

    private BrokerDefinitions() {}

    /// All, by name.
    static Map<String, ConfigKey> all() {
        return KEYS;
    }

    /// What a topic's setting falls back to when its counterpart of the broker was not set either.
    ///
    /// Kafka names the fallback only when the counterpart itself has a default: `log.retention.ms` has none (the
    /// coarser `log.retention.hours` has), so `retention.ms` shows no synonym there, nor here.
    static Optional<Synonym> ofTopic(String setting) {
        return Optional.ofNullable(ServerTopicConfigSynonyms.TOPIC_CONFIG_SYNONYMS.get(setting))
                .map(KEYS::get)
                .flatMap(BrokerDefinitions::byDefault);
    }

    /// The value that a setting has when nobody sets it, if it has one.
    static Optional<Synonym> byDefault(ConfigKey key) {
        return key.hasDefault() && key.defaultValue != null
                ? Optional.of(
                        new Synonym(
                                key.name,
                                ConfigDef.convertToString(key.defaultValue, key.type),
                                ConfigSource.DEFAULT_CONFIG))
                : Optional.empty();
    }

    private static Map<String, ConfigKey> gathered() {
        var kafkas = new HashMap<String, ConfigKey>();
        kafkas.putAll(ServerConfigs.CONFIG_DEF.configKeys());
        kafkas.putAll(LogConfig.SERVER_CONFIG_DEF.configKeys());
        kafkas.putAll(CleanerConfig.CONFIG_DEF.configKeys());
        kafkas.keySet().retainAll(names());
        kafkas.putAll(own().configKeys());
        kafkas.values().removeIf(key -> key.internalConfig);
        return new TreeMap<>(kafkas);
    }

    private static Set<String> names() {
        var names = new HashSet<>(ASKED_FOR);
        ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.values().stream()
                .flatMap(List::stream)
                .forEach(synonym -> names.add(synonym.name()));
        return names;
    }

    /// Definitions that stand in modules of Kafka's which are not used here, in our words, and Sluice's own.
    private static ConfigDef own() {
        return SluiceTopicConfigs.definitions(SluiceTopicConfigs.SYNC)
                .define(
                        "node.id",
                        ConfigDef.Type.INT,
                        Importance.HIGH,
                        "The number of this broker in its cluster.")
                .define(
                        "listeners",
                        ConfigDef.Type.LIST,
                        Importance.HIGH,
                        "Where this broker listens.")
                .define(
                        "advertised.listeners",
                        ConfigDef.Type.LIST,
                        null,
                        Importance.HIGH,
                        "Where clients are told to connect; unset, each is told the address that it connected to.")
                .define(
                        "default.replication.factor",
                        ConfigDef.Type.INT,
                        1,
                        Importance.MEDIUM,
                        "The copies of a topic that does not say how many; always 1 on a single broker.")
                .define(
                        "unclean.leader.election.enable",
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.HIGH,
                        "Without effect: a partition has one replica.")
                .define(
                        "socket.request.max.bytes",
                        ConfigDef.Type.INT,
                        100 * 1024 * 1024,
                        Importance.HIGH,
                        "The largest request in bytes; a larger one ends its connection.")
                .define(
                        "log.local.retention.ms",
                        ConfigDef.Type.LONG,
                        -2L,
                        Importance.MEDIUM,
                        "Without effect: there is no tiered storage.")
                .define(
                        "log.local.retention.bytes",
                        ConfigDef.Type.LONG,
                        -2L,
                        Importance.MEDIUM,
                        "Without effect: there is no tiered storage.");
    }
}
