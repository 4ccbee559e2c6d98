package io.sluice.dialect.kafka.data;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/// Puts a Metadata response together, topic by topic.
final class MetadataAnswer {
    private static final List<Integer> ONLY_NODE = List.of(KafkaSettings.NODE_ID);

    /// Nobody is denied anything yet: all operations that a topic has, and those that the cluster has.
    private static final int ON_TOPIC =
            bits(
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.CREATE,
                    AclOperation.DESCRIBE,
                    AclOperation.DELETE,
                    AclOperation.ALTER,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.ALTER_CONFIGS);

    private static final int ON_CLUSTER =
            bits(
                    AclOperation.CREATE,
                    AclOperation.CLUSTER_ACTION,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.ALTER_CONFIGS,
                    AclOperation.IDEMPOTENT_WRITE,
                    AclOperation.ALTER,
                    AclOperation.DESCRIBE);

    private final Catalog catalog;
    private final short version;
    private final MetadataRequestData asked;
    private final MetadataResponseData response;

    MetadataAnswer(Catalog catalog, Request request) {
        this.catalog = catalog;
        this.version = request.version();
        this.asked = request.body(MetadataRequest.class).data();
        var node = request.node();
        response =
                new MetadataResponseData()
                        .setClusterId(TopicIds.kafka(catalog.clusterId()).toString())
                        .setControllerId(node.id());
        response.brokers()
                .add(
                        new MetadataResponseBroker()
                                .setNodeId(node.id())
                                .setHost(node.host())
                                .setPort(node.port()));
        if (asked.includeClusterAuthorizedOperations()) {
            response.setClusterAuthorizedOperations(ON_CLUSTER);
        }
    }

    MetadataResponse response() {
        return new MetadataResponse(response, version);
    }

    void add(Topic topic) {
        var entry =
                new MetadataResponseTopic()
                        .setName(topic.name())
                        .setTopicId(TopicIds.kafka(topic.id()))
                        .setIsInternal(
                                org.apache.kafka.common.internals.Topic.isInternal(topic.name()));
        for (var index = 0; index < topic.partitions(); index++) {
            entry.partitions()
                    .add(
                            new MetadataResponsePartition()
                                    .setPartitionIndex(index)
                                    .setLeaderId(KafkaSettings.NODE_ID)
                                    .setLeaderEpoch(KafkaSettings.LEADER_EPOCH)
                                    .setReplicaNodes(ONLY_NODE)
                                    .setIsrNodes(ONLY_NODE));
        }
        if (asked.includeTopicAuthorizedOperations()) {
            entry.setTopicAuthorizedOperations(ON_TOPIC);
        }
        response.topics().add(entry);
    }

    /// @param failure what to say when there is no such topic
    void addByName(String name, Errors failure) {
        catalog.topic(name)
                .ifPresentOrElse(
                        this::add,
                        () ->
                                response.topics()
                                        .add(
                                                new MetadataResponseTopic()
                                                        .setName(name)
                                                        .setErrorCode(failure.code())));
    }

    void addById(Uuid id) {
        catalog.topic(TopicIds.java(id))
                .ifPresentOrElse(
                        this::add,
                        () ->
                                response.topics()
                                        .add(
                                                new MetadataResponseTopic()
                                                        .setName(null)
                                                        .setTopicId(id)
                                                        .setErrorCode(
                                                                Errors.UNKNOWN_TOPIC_ID.code())));
    }

    /// One bit for each operation.
    private static int bits(AclOperation... operations) {
        var bits = 0;
        for (var operation : operations) {
            bits |= 1 << operation.code();
        }
        return bits;
    }
}
