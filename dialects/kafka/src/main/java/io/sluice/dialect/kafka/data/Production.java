package io.sluice.dialect.kafka.data;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.PendingAnswer;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceResponse;

/// One produce request under way: appends asked of several shards, and the answer that fills up as their replies come.
final class Production implements PendingAnswer {
    private final Broker broker;
    private final Request request;
    private final Responder responder;
    private final boolean quiet;
    private final ProduceResponseData response = new ProduceResponseData();
    private final Missing missing = new Missing(this::complete);

    /// A refusal, for a client that is told of none. Any of them will do, and whatever was written before the last reply arrived is
    /// seen then.
    private Errors refusal = Errors.NONE;

    /// @param quiet acks=0
    Production(Broker broker, Request request, Responder responder, boolean quiet) {
        this.broker = broker;
        this.request = request;
        this.responder = responder;
        this.quiet = quiet;
    }

    /// The place of one partition's answer.
    PartitionReply partition(TopicProduceData data, int index) {
        var topics = response.responses();
        var topic = topics.find(data.name(), data.topicId());
        if (topic == null) {
            topic = new TopicProduceResponse().setName(data.name()).setTopicId(data.topicId());
            topics.add(topic);
        }
        var partition = new PartitionProduceResponse().setIndex(index);
        topic.partitionResponses().add(partition);
        return new PartitionReply(partition);
    }

    void append(PartitionId partition, Verdict.Fit fit, PartitionReply reply) {
        reply.answer.setLogAppendTimeMs(fit.appendMillis());
        missing.one();
        var batch = fit.sent() ? request.lend(fit.batch()) : Buffer.unpooled(fit.batch());
        broker.append(new Append(partition, batch), reply);
    }

    /// All appends were asked for.
    void asked() {
        missing.arrived();
    }

    private void complete() {
        if (!quiet) {
            responder.answer(this);
        } else if (refusal == Errors.NONE) {
            responder.stayQuiet();
        } else {
            responder.hangUp("a produce request with acks=0 was refused: " + refusal);
        }
    }

    @Override
    public AbstractResponse assemble() {
        return new ProduceResponse(response);
    }

    @Override
    public void drop() {}

    /// Fills in one partition's answer when its reply comes.
    final class PartitionReply implements Reply<Appended> {
        private final PartitionProduceResponse answer;

        private PartitionReply(PartitionProduceResponse answer) {
            this.answer = answer;
        }

        /// Refused before anything was asked.
        void refuse(Verdict.Unfit unfit) {
            error(unfit.error(), unfit.message());
            answer.setRecordErrors(unfit.records());
        }

        @Override
        public void done(Appended appended) {
            answer.setBaseOffset(appended.baseOffset()).setLogStartOffset(appended.startOffset());
            missing.arrived();
        }

        @Override
        public void refused(BrokerError error) {
            error(KafkaErrors.of(error), error.message());
            if (error instanceof BrokerError.InvalidRecords(String _, var records)) {
                answer.setRecordErrors(records.stream().map(PartitionReply::of).toList());
            }
            missing.arrived();
        }

        private static BatchIndexAndErrorMessage of(BrokerError.InvalidRecord record) {
            return new BatchIndexAndErrorMessage()
                    .setBatchIndex(record.index())
                    .setBatchIndexErrorMessage(record.message());
        }

        private void error(Errors error, String message) {
            refusal = error;
            answer.setErrorCode(error.code())
                    .setErrorMessage(message)
                    .setBaseOffset(ProduceResponse.INVALID_OFFSET)
                    .setLogAppendTimeMs(-1)
                    .setLogStartOffset(ProduceResponse.INVALID_OFFSET);
        }
    }
}
