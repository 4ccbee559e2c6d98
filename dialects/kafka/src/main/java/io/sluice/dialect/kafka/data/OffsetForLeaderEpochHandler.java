package io.sluice.dialect.kafka.data;

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
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochResponse;

/// OffsetForLeaderEpoch (23): where a leader's epoch ended. The only one has not: it ends where the log does, and a client that
/// knows another one is told that it is unknown.
final class OffsetForLeaderEpochHandler implements RequestHandler {
    private final Broker broker;

    OffsetForLeaderEpochHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var response = new OffsetForLeaderEpochResponseData();
        var missing =
                new Missing(() -> responder.answer(new OffsetsForLeaderEpochResponse(response)));
        for (var topic : request.body(OffsetsForLeaderEpochRequest.class).data().topics()) {
            var answers = new OffsetForLeaderTopicResult().setTopic(topic.topic());
            response.topics().add(answers);
            var known = broker.catalog().topic(topic.topic());
            for (var partition : topic.partitions()) {
                var answer = new EpochEndOffset().setPartition(partition.partition());
                answers.partitions().add(answer);
                ask(known, partition, answer, missing);
            }
        }
        missing.arrived();
    }

    private void ask(
            Optional<Topic> topic,
            OffsetForLeaderPartition asked,
            EpochEndOffset answer,
            Missing missing) {
        var index = asked.partition();
        var stale = LeaderEpochs.check(asked.currentLeaderEpoch());
        if (topic.isEmpty() || index < 0 || index >= topic.get().partitions()) {
            answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else if (stale != Errors.NONE) {
            answer.setErrorCode(stale.code());
        } else if (asked.leaderEpoch() == KafkaSettings.LEADER_EPOCH) {
            missing.one();
            broker.offset(
                    topic.get().partition(index),
                    new OffsetQuery.Latest(),
                    new Filling(answer, missing));
        }
    }

    private record Filling(EpochEndOffset answer, Missing missing)
            implements Reply<OffsetQuery.Answer> {
        @Override
        public void done(OffsetQuery.Answer end) {
            answer.setLeaderEpoch(KafkaSettings.LEADER_EPOCH).setEndOffset(end.offset());
            missing.arrived();
        }

        @Override
        public void refused(BrokerError error) {
            answer.setErrorCode(KafkaErrors.of(error).code());
            missing.arrived();
        }
    }
}
