package io.sluice.dialect.kafka.admin;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
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
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;

/// DescribeQuorum (55): what Kafka calls the metadata log is the catalog here, and this broker its only voter. Its offsets
/// are the catalog's versions.
final class DescribeQuorumHandler implements RequestHandler {
    /// The leadership never changes.
    private static final int EPOCH = 1;

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
                        .setReplicaDirectoryId(KafkaIds.of(broker.catalog().clusterId()))
                        .setLogEndOffset(version)
                        .setLastCaughtUpTimestamp(clock.millis());
        var catalog =
                new PartitionData()
                        .setErrorMessage(null)
                        .setLeaderId(node.id())
                        .setLeaderEpoch(EPOCH)
                        .setHighWatermark(version)
                        .setCurrentVoters(List.of(voter));
        // A field that older versions do not have must not be set for them.
        var data =
                DescribeQuorumResponse.singletonResponse(
                        Topic.CLUSTER_METADATA_TOPIC_PARTITION,
                        catalog,
                        request.version() < 2 ? null : nodes(node));
        if (request.version() < 2) {
            voter.setReplicaDirectoryId(org.apache.kafka.common.Uuid.ZERO_UUID);
        }
        return data.setErrorMessage(null);
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
