package io.sluice.dialect.kafka.admin;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.Listener;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ListenerCollection;
import org.apache.kafka.common.message.DescribeQuorumResponseData.NodeCollection;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.message.DescribeQuorumResponseData.TopicData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;

/// DescribeQuorum (55): what Kafka calls the metadata log is the catalog here, and this broker its only voter. Its offsets
/// are the catalog's versions.
final class DescribeQuorumHandler implements RequestHandler {
    /// The leadership never changes.
    private static final int EPOCH = 1;

    /// From this version on there are fields that must not be set for an older one.
    private static final short WITH_NODES = 2;

    private final Broker broker;
    private final Clock clock;

    DescribeQuorumHandler(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var asked = request.body(DescribeQuorumRequest.class).data();
        responder.answer(
                new DescribeQuorumResponse(
                        aboutTheCatalog(asked)
                                ? quorum(request)
                                : DescribeQuorumRequest.getPartitionLevelErrorResponse(
                                        asked, Errors.UNKNOWN_TOPIC_OR_PARTITION)));
    }

    private static boolean aboutTheCatalog(DescribeQuorumRequestData asked) {
        return asked.topics().size() == 1
                && asked.topics().getFirst().topicName().equals(Topic.CLUSTER_METADATA_TOPIC_NAME)
                && asked.topics().getFirst().partitions().size() == 1
                && asked.topics().getFirst().partitions().getFirst().partitionIndex() == 0;
    }

    private DescribeQuorumResponseData quorum(Request request) {
        var node = request.node();
        var version = broker.catalog().version();
        var voter =
                new ReplicaState()
                        .setReplicaId(node.id())
                        .setLogEndOffset(version)
                        .setLastCaughtUpTimestamp(clock.millis());
        var data = new DescribeQuorumResponseData().setErrorMessage(null);
        if (request.version() >= WITH_NODES) {
            voter.setReplicaDirectoryId(TopicIds.kafka(broker.catalog().clusterId()));
            data.setNodes(nodes(node));
        }
        var catalog =
                new PartitionData()
                        .setErrorMessage(null)
                        .setLeaderId(node.id())
                        .setLeaderEpoch(EPOCH)
                        .setHighWatermark(version)
                        .setCurrentVoters(List.of(voter));
        return data.setTopics(
                List.of(
                        new TopicData()
                                .setTopicName(Topic.CLUSTER_METADATA_TOPIC_NAME)
                                .setPartitions(List.of(catalog))));
    }

    private static NodeCollection nodes(Node node) {
        var listeners = new ListenerCollection();
        listeners.add(
                new Listener().setName("PLAINTEXT").setHost(node.host()).setPort(node.port()));
        var nodes = new NodeCollection();
        nodes.add(
                new DescribeQuorumResponseData.Node().setNodeId(node.id()).setListeners(listeners));
        return nodes;
    }
}
