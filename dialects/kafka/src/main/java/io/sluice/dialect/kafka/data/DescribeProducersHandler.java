package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.ProducerState;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeProducersResponse;

/// DescribeProducers (61): the idempotent producers that a partition remembers.
final class DescribeProducersHandler implements RequestHandler {
    private final Broker broker;

    DescribeProducersHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var response = new DescribeProducersResponseData();
        var missing = new Missing(() -> responder.answer(new DescribeProducersResponse(response)));
        for (var asked : request.body(DescribeProducersRequest.class).data().topics()) {
            var answers = new TopicResponse().setName(asked.name());
            response.topics().add(answers);
            var topic = broker.catalog().topic(asked.name());
            for (var index : asked.partitionIndexes()) {
                var answer = new PartitionResponse().setPartitionIndex(index);
                answers.partitions().add(answer);
                if (topic.isEmpty() || index < 0 || index >= topic.get().partitions()) {
                    fail(
                            answer,
                            Errors.UNKNOWN_TOPIC_OR_PARTITION,
                            Errors.UNKNOWN_TOPIC_OR_PARTITION.message());
                } else {
                    missing.one();
                    broker.status(topic.get().partition(index), new Filling(answer, missing));
                }
            }
        }
        missing.arrived();
    }

    private static void fail(PartitionResponse answer, Errors error, String why) {
        answer.setErrorCode(error.code()).setErrorMessage(why);
    }

    private record Filling(PartitionResponse answer, Missing missing)
            implements Reply<PartitionStatus> {
        @Override
        public void done(PartitionStatus status) {
            for (var producer : status.producers()) {
                answer.activeProducers()
                        .add(
                                new ProducerState()
                                        .setProducerId(producer.id())
                                        .setProducerEpoch(producer.epoch())
                                        .setLastSequence(producer.lastSequence())
                                        .setLastTimestamp(producer.lastTimestampMillis())
                                        .setCoordinatorEpoch(-1)
                                        .setCurrentTxnStartOffset(-1));
            }
            missing.arrived();
        }

        @Override
        public void refused(BrokerError error) {
            fail(answer, KafkaErrors.of(error), error.message());
            missing.arrived();
        }
    }
}
