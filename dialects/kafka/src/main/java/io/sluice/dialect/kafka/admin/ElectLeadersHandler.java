package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.List;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.ElectLeadersResponse;

/// ElectLeaders (43): no election is ever needed, as every partition's only replica leads it.
final class ElectLeadersHandler implements RequestHandler {
    private final Broker broker;
    private final Replicas replicas;

    ElectLeadersHandler(Broker broker, Replicas replicas) {
        this.broker = broker;
        this.replicas = replicas;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(ElectLeadersRequest.class).data();
        if (!known(data.electionType())) {
            responder.refuse(
                    Errors.INVALID_REQUEST.exception(
                            "Unknown election type " + data.electionType()));
            return;
        }
        responder.answer(
                new ElectLeadersResponse(
                        new ElectLeadersResponseData().setReplicaElectionResults(results(data))));
    }

    private static boolean known(byte type) {
        return type == ElectionType.PREFERRED.value || type == ElectionType.UNCLEAN.value;
    }

    /// Asked about all partitions (null), Kafka names only those where there was something to elect.
    private List<ReplicaElectionResult> results(ElectLeadersRequestData data) {
        return data.topicPartitions() == null
                ? broker.catalog().topics().stream()
                        .map(Topic::name)
                        .map(name -> new ReplicaElectionResult().setTopic(name))
                        .toList()
                : data.topicPartitions().stream().map(this::result).toList();
    }

    private ReplicaElectionResult result(TopicPartitions asked) {
        return new ReplicaElectionResult()
                .setTopic(asked.topic())
                .setPartitionResult(
                        asked.partitions().stream()
                                .map(index -> result(asked.topic(), index))
                                .toList());
    }

    private PartitionResult result(String topic, int index) {
        var error =
                replicas.exists(topic, index)
                        ? new ApiError(Errors.ELECTION_NOT_NEEDED)
                        : new ApiError(
                                Errors.UNKNOWN_TOPIC_OR_PARTITION,
                                "No such partition as " + topic + "-" + index);
        return new PartitionResult()
                .setPartitionId(index)
                .setErrorCode(error.error().code())
                .setErrorMessage(error.message());
    }
}
