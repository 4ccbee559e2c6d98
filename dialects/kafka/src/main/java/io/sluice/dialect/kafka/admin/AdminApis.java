package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Api;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.config.Configs;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;

/// This package's lines of the routing table.
public final class AdminApis {
    private AdminApis() {}

    /// @param dataDirectory where the data is, which is only shown
    public static List<Api> all(KafkaServices services, Configs configs, String dataDirectory) {
        services.broker().onCatalog(configs.topics()::retain);
        return Stream.of(
                        topics(services, configs),
                        settings(services, configs),
                        cluster(services, dataDirectory))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Api> topics(KafkaServices services, Configs configs) {
        var broker = services.broker();
        var rules = new TopicRules(KafkaSettings.NODE_ID);
        var newTopics =
                new NewTopics(rules, configs.topics(), services.settings().defaultPartitions());
        return List.of(
                Api.of(ApiKeys.CREATE_TOPICS, 2, 7, new CreateTopicsHandler(broker, newTopics)),
                Api.of(ApiKeys.DELETE_TOPICS, 1, 6, new DeleteTopicsHandler(broker)),
                Api.of(ApiKeys.CREATE_PARTITIONS, 0, 3, new CreatePartitionsHandler(broker, rules)),
                Api.of(
                        ApiKeys.DELETE_RECORDS,
                        0,
                        2,
                        new DeleteRecordsHandler(broker, configs.topics())),
                Api.of(
                        ApiKeys.DESCRIBE_TOPIC_PARTITIONS,
                        0,
                        0,
                        new DescribeTopicPartitionsHandler(broker)));
    }

    private static List<Api> settings(KafkaServices services, Configs configs) {
        var broker = services.broker();
        var resources = new ConfigResources(broker, configs);
        var alteration = new ConfigAlteration(broker);
        var turns = new Turns();
        return List.of(
                Api.of(ApiKeys.DESCRIBE_CONFIGS, 1, 4, new DescribeConfigsHandler(resources)),
                Api.of(
                        ApiKeys.ALTER_CONFIGS,
                        0,
                        2,
                        new AlterConfigsHandler(resources, alteration, turns)),
                Api.of(
                        ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                        0,
                        1,
                        new IncrementalAlterConfigsHandler(resources, alteration, turns)),
                Api.of(
                        ApiKeys.LIST_CONFIG_RESOURCES,
                        0,
                        1,
                        new ListConfigResourcesHandler(broker)));
    }

    private static List<Api> cluster(KafkaServices services, String dataDirectory) {
        var broker = services.broker();
        var rules = new TopicRules(KafkaSettings.NODE_ID);
        var replicas = new Replicas(broker);
        return List.of(
                Api.of(ApiKeys.DESCRIBE_CLUSTER, 0, 2, new DescribeClusterHandler(broker)),
                Api.of(
                        ApiKeys.DESCRIBE_LOG_DIRS,
                        1,
                        5,
                        new DescribeLogDirsHandler(broker, dataDirectory)),
                Api.of(
                        ApiKeys.DESCRIBE_QUORUM,
                        0,
                        2,
                        new DescribeQuorumHandler(broker, services.clock())),
                Api.of(ApiKeys.ELECT_LEADERS, 0, 2, new ElectLeadersHandler(broker, replicas)),
                Api.of(
                        ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
                        0,
                        1,
                        new AlterPartitionReassignmentsHandler(replicas, rules)),
                Api.of(ApiKeys.UPDATE_FEATURES, 0, 2, new UpdateFeaturesHandler()),
                Api.of(
                        ApiKeys.LIST_PARTITION_REASSIGNMENTS,
                        0,
                        0,
                        new ListPartitionReassignmentsHandler()));
    }
}
