package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange.CreateTopic;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.config.Setting;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.Errors;

/// Makes of what CreateTopics asks for a command to the broker, and of the command the answer.
final class NewTopics {
    private static final int DEFAULT = -1;

    private final TopicRules rules;
    private final TopicConfigs configs;
    private final int defaultPartitions;

    NewTopics(TopicRules rules, TopicConfigs configs, int defaultPartitions) {
        this.rules = rules;
        this.configs = configs;
        this.defaultPartitions = defaultPartitions;
    }

    /// How many partitions a request asks for in all.
    long partitions(Collection<CreatableTopic> topics) {
        return topics.stream().mapToLong(this::partitions).filter(count -> count > 0).sum();
    }

    private int partitions(CreatableTopic topic) {
        if (!topic.assignments().isEmpty()) {
            return topic.assignments().size();
        }
        return topic.numPartitions() == DEFAULT ? defaultPartitions : topic.numPartitions();
    }

    /// The command, or why there cannot be such a topic.
    Checked<CreateTopic> check(CreatableTopic topic, Catalog catalog) {
        if (topic.name().equals(Topic.CLUSTER_METADATA_TOPIC_NAME)) {
            return Checked.refused(
                    Errors.INVALID_REQUEST,
                    "Creation of internal topic " + topic.name() + " is prohibited.");
        }
        var refusal = TopicRules.newNameRefusal(topic.name(), catalog);
        if (refusal.isPresent()) {
            return Checked.refused(refusal.get());
        }
        return switch (config(topic)) {
            case Checked.Refused<Map<String, String>>(var error) -> Checked.refused(error);
            case Checked.Good<Map<String, String>>(var config) -> placed(topic, config);
        };
    }

    private Checked<Map<String, String>> config(CreatableTopic topic) {
        var config = new HashMap<String, String>();
        var without = new TreeSet<String>();
        for (var entry : topic.configs()) {
            if (entry.value() == null) {
                without.add(entry.name());
            } else {
                config.put(entry.name(), entry.value());
            }
        }
        if (!without.isEmpty()) {
            return Checked.refused(
                    Errors.INVALID_CONFIG,
                    "Null value not supported for topic configs: " + String.join(",", without));
        }
        return configs.refusal(Map.of(), config)
                .map(
                        message ->
                                Checked.<Map<String, String>>refused(
                                        Errors.INVALID_CONFIG, message))
                .orElseGet(() -> Checked.good(config));
    }

    private Checked<CreateTopic> placed(CreatableTopic topic, Map<String, String> config) {
        return topic.assignments().isEmpty() ? counted(topic, config) : assigned(topic, config);
    }

    private Checked<CreateTopic> counted(CreatableTopic topic, Map<String, String> config) {
        if (topic.replicationFactor() < DEFAULT || topic.replicationFactor() == 0) {
            return Checked.refused(
                    Errors.INVALID_REPLICATION_FACTOR,
                    "Replication factor must be larger than 0, or -1 to use the default value.");
        }
        if (topic.numPartitions() < DEFAULT || topic.numPartitions() == 0) {
            return Checked.refused(
                    Errors.INVALID_PARTITIONS,
                    "Number of partitions was set to an invalid non-positive value.");
        }
        if (topic.replicationFactor() > 1) {
            return Checked.refused(
                    Errors.INVALID_REPLICATION_FACTOR,
                    "Unable to replicate the partition "
                            + topic.replicationFactor()
                            + " time(s): The target replication factor of "
                            + topic.replicationFactor()
                            + " cannot be reached because only 1 broker(s) are registered.");
        }
        return command(topic, config);
    }

    private Checked<CreateTopic> assigned(CreatableTopic topic, Map<String, String> config) {
        if (topic.replicationFactor() != DEFAULT) {
            return Checked.refused(
                    Errors.INVALID_REQUEST,
                    "A manual partition assignment was specified, but replication factor was not set to -1.");
        }
        if (topic.numPartitions() != DEFAULT) {
            return Checked.refused(
                    Errors.INVALID_REQUEST,
                    "A manual partition assignment was specified, but numPartitions was not set to -1.");
        }
        for (var partition = 0; partition < topic.assignments().size(); partition++) {
            var assignment = topic.assignments().find(partition);
            if (assignment == null) {
                return Checked.refused(
                        Errors.INVALID_REPLICA_ASSIGNMENT,
                        "partitions should be a consecutive 0-based integer sequence");
            }
            var refusal = rules.assignmentRefusal(assignment.brokerIds());
            if (refusal.isPresent()) {
                return Checked.refused(refusal.get());
            }
        }
        return command(topic, config);
    }

    private Checked<CreateTopic> command(CreatableTopic topic, Map<String, String> config) {
        return Checked.good(
                new CreateTopic(TopicIds.random(), topic.name(), partitions(topic), config));
    }

    /// The answer about a topic that was created, with all of its settings.
    CreatableTopicResult created(CreateTopic wish) {
        return new CreatableTopicResult()
                .setName(wish.name())
                .setTopicId(TopicIds.kafka(wish.id()))
                .setErrorMessage(null)
                .setNumPartitions(wish.partitions())
                .setReplicationFactor((short) 1)
                .setConfigs(shown(wish.config()));
    }

    private List<CreatableTopicConfigs> shown(Map<String, String> config) {
        return configs.describe(config).stream().map(NewTopics::shown).toList();
    }

    private static CreatableTopicConfigs shown(Setting setting) {
        return new CreatableTopicConfigs()
                .setName(setting.name())
                .setValue(setting.shownValue())
                .setReadOnly(setting.readOnly())
                .setConfigSource(setting.source().id())
                .setIsSensitive(setting.isSensitive());
    }
}
