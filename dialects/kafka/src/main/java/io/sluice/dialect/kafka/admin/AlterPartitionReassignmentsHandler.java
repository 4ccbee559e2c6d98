package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.ApiError;

/// AlterPartitionReassignments (45): a partition can be moved to where it is, and nowhere else.
final class AlterPartitionReassignmentsHandler implements RequestHandler {
    private final Replicas replicas;
    private final TopicRules rules;

    AlterPartitionReassignmentsHandler(Replicas replicas, TopicRules rules) {
        this.replicas = replicas;
        this.rules = rules;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(AlterPartitionReassignmentsRequest.class).data();
        responder.answer(new AlterPartitionReassignmentsResponse(response(data)));
    }

    private AlterPartitionReassignmentsResponseData response(
            AlterPartitionReassignmentsRequestData data) {
        return new AlterPartitionReassignmentsResponseData()
                .setErrorMessage(null)
                .setAllowReplicationFactorChange(data.allowReplicationFactorChange())
                .setResponses(data.topics().stream().map(this::result).toList());
    }

    private ReassignableTopicResponse result(ReassignableTopic topic) {
        return new ReassignableTopicResponse()
                .setName(topic.name())
                .setPartitions(
                        topic.partitions().stream()
                                .map(partition -> result(topic.name(), partition))
                                .toList());
    }

    private ReassignablePartitionResponse result(String topic, ReassignablePartition partition) {
        var error = error(topic, partition);
        return new ReassignablePartitionResponse()
                .setPartitionIndex(partition.partitionIndex())
                .setErrorCode(error.error().code())
                .setErrorMessage(error.message());
    }

    /// A wish without replicas ends a move that is under way.
    private ApiError error(String topic, ReassignablePartition wish) {
        if (!replicas.exists(topic, wish.partitionIndex())) {
            return new ApiError(
                    Errors.UNKNOWN_TOPIC_OR_PARTITION,
                    "Unable to find partition " + topic + ":" + wish.partitionIndex() + ".");
        }
        return wish.replicas() == null
                ? new ApiError(Errors.NO_REASSIGNMENT_IN_PROGRESS)
                : rules.assignmentRefusal(wish.replicas()).orElse(ApiError.NONE);
    }
}
