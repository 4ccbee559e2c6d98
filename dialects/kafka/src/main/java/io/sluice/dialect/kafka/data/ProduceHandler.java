package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.util.Optional;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;

/// Produce (0): one batch for each of several partitions.
///
/// Batches are checked here, on the connection's loop, and handed on without a copy. With acks=0 nothing is answered,
/// and an error closes the connection, which is all that such a client can be told.
final class ProduceHandler implements RequestHandler {
    private static final short ALL = -1;
    private static final short NONE = 0;
    private static final short LEADER = 1;

    private static final short TOPIC_IDS_SINCE = 13;

    /// A coordinator that keeps its state in a topic must be the only one who writes to it.
    private static final Verdict.Unfit OWN_TOPIC =
            new Verdict.Unfit(
                    Errors.INVALID_TOPIC_EXCEPTION,
                    "the broker's own topics are written to by the broker alone");

    private final Broker broker;
    private final TopicConfigs topics;
    private final BatchGate gate;

    ProduceHandler(Broker broker, TopicConfigs topics, BatchGate gate) {
        this.broker = broker;
        this.topics = topics;
        this.gate = gate;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var produce = request.body(ProduceRequest.class);
        var acks = produce.acks();
        if (acks != ALL && acks != NONE && acks != LEADER) {
            responder.refuse(Errors.INVALID_REQUIRED_ACKS.exception());
            return;
        }
        if (produce.transactionalId() != null) {
            responder.refuse(
                    Errors.INVALID_TXN_STATE.exception(
                            "this broker does not take transactions yet"));
            return;
        }
        var production = new Production(broker, request, responder, acks == NONE);
        for (var data : produce.data().topicData()) {
            produce(data, request.version(), production);
        }
        production.asked();
    }

    private void produce(TopicProduceData data, short version, Production production) {
        var topic = topic(data, version);
        for (var part : data.partitionData()) {
            var answer = production.partition(data, part.index());
            if (topic.isEmpty() || part.index() < 0 || part.index() >= topic.get().partitions()) {
                answer.refuse(unknown(topic, version));
                continue;
            }
            if (org.apache.kafka.common.internals.Topic.isInternal(topic.get().name())) {
                answer.refuse(OWN_TOPIC);
                continue;
            }
            var records = part.records() instanceof MemoryRecords sent ? sent.buffer() : null;
            switch (gate.check(records, version, topics.of(topic.get()))) {
                case Verdict.Unfit unfit -> answer.refuse(unfit);
                case Verdict.Fit fit ->
                        production.append(topic.get().partition(part.index()), fit, answer);
            }
        }
    }

    private Optional<Topic> topic(TopicProduceData data, short version) {
        return version < TOPIC_IDS_SINCE
                ? broker.catalog().topic(data.name())
                : broker.catalog().topic(TopicIds.java(data.topicId()));
    }

    private static Verdict.Unfit unknown(Optional<Topic> topic, short version) {
        var error =
                topic.isEmpty() && version >= TOPIC_IDS_SINCE
                        ? Errors.UNKNOWN_TOPIC_ID
                        : Errors.UNKNOWN_TOPIC_OR_PARTITION;
        return new Verdict.Unfit(error, error.message());
    }
}
