package io.sluice.dialect.kafka.data;

import static org.apache.kafka.common.requests.ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP;
import static org.apache.kafka.common.requests.ListOffsetsRequest.EARLIEST_PENDING_UPLOAD_TIMESTAMP;
import static org.apache.kafka.common.requests.ListOffsetsRequest.EARLIEST_TIMESTAMP;
import static org.apache.kafka.common.requests.ListOffsetsRequest.LATEST_TIERED_TIMESTAMP;
import static org.apache.kafka.common.requests.ListOffsetsRequest.LATEST_TIMESTAMP;
import static org.apache.kafka.common.requests.ListOffsetsRequest.MAX_TIMESTAMP;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/// ListOffsets (2): the offset at a time, or at one of the named ends of a partition.
///
/// There is one tier of storage, the local one: what asks for the start of the local tier gets the start, and what asks for
/// the other tier's end is told that there is none.
final class ListOffsetsHandler implements RequestHandler {
    private static final short LEADER_EPOCH_SINCE = 4;

    private final Broker broker;

    ListOffsetsHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var asked = request.body(ListOffsetsRequest.class);
        var response = new ListOffsetsResponseData();
        var missing = new Missing(() -> responder.answer(new ListOffsetsResponse(response)));
        for (var topic : asked.topics()) {
            var answers = new ListOffsetsTopicResponse().setName(topic.name());
            response.topics().add(answers);
            var known = broker.catalog().topic(topic.name());
            for (var partition : topic.partitions()) {
                var answer = nothing(partition);
                answers.partitions().add(answer);
                var twice =
                        asked.duplicatePartitions()
                                .contains(
                                        new TopicPartition(
                                                topic.name(), partition.partitionIndex()));
                if (twice) {
                    answer.setErrorCode(Errors.INVALID_REQUEST.code());
                } else {
                    ask(known, partition, request.version(), answer, missing);
                }
            }
        }
        missing.arrived();
    }

    private void ask(
            Optional<Topic> topic,
            ListOffsetsPartition asked,
            short version,
            ListOffsetsPartitionResponse answer,
            Missing missing) {
        var index = asked.partitionIndex();
        var stale = LeaderEpochs.check(asked.currentLeaderEpoch());
        if (asked.timestamp() < 0 && version < sinceVersion(asked.timestamp())) {
            answer.setErrorCode(Errors.UNSUPPORTED_VERSION.code());
        } else if (topic.isEmpty() || index < 0 || index >= topic.get().partitions()) {
            answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else if (stale != Errors.NONE) {
            answer.setErrorCode(stale.code());
        } else if (asked.timestamp() != LATEST_TIERED_TIMESTAMP
                && asked.timestamp() != EARLIEST_PENDING_UPLOAD_TIMESTAMP) {
            missing.one();
            broker.offset(
                    topic.get().partition(index),
                    query(asked.timestamp()),
                    new Filling(answer, version, missing));
        }
    }

    /// The version in which a negative time got its meaning.
    private static int sinceVersion(long timestamp) {
        if (timestamp == EARLIEST_TIMESTAMP || timestamp == LATEST_TIMESTAMP) {
            return 1;
        }
        if (timestamp == MAX_TIMESTAMP) {
            return 7;
        }
        if (timestamp == EARLIEST_LOCAL_TIMESTAMP) {
            return 8;
        }
        if (timestamp == LATEST_TIERED_TIMESTAMP) {
            return 9;
        }
        return timestamp == EARLIEST_PENDING_UPLOAD_TIMESTAMP ? 11 : Integer.MAX_VALUE;
    }

    private static OffsetQuery query(long timestamp) {
        if (timestamp == EARLIEST_TIMESTAMP || timestamp == EARLIEST_LOCAL_TIMESTAMP) {
            return new OffsetQuery.Earliest();
        }
        if (timestamp == LATEST_TIMESTAMP) {
            return new OffsetQuery.Latest();
        }
        return timestamp == MAX_TIMESTAMP
                ? new OffsetQuery.Newest()
                : new OffsetQuery.AtTime(timestamp);
    }

    private static ListOffsetsPartitionResponse nothing(ListOffsetsPartition asked) {
        return new ListOffsetsPartitionResponse()
                .setPartitionIndex(asked.partitionIndex())
                .setTimestamp(ListOffsetsResponse.UNKNOWN_TIMESTAMP)
                .setOffset(ListOffsetsResponse.UNKNOWN_OFFSET);
    }

    private record Filling(ListOffsetsPartitionResponse answer, short version, Missing missing)
            implements Reply<OffsetQuery.Answer> {
        @Override
        public void done(OffsetQuery.Answer found) {
            if (found.offset() != ListOffsetsResponse.UNKNOWN_OFFSET) {
                answer.setOffset(found.offset()).setTimestamp(found.timestampMillis());
                if (version >= LEADER_EPOCH_SINCE) {
                    answer.setLeaderEpoch(KafkaSettings.LEADER_EPOCH);
                }
            }
            missing.arrived();
        }

        @Override
        public void refused(BrokerError error) {
            answer.setErrorCode(KafkaErrors.of(error).code());
            missing.arrived();
        }
    }
}
