package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.Fetch;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.PendingAnswer;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.data.FetchSessions.Selection;
import io.sluice.dialect.kafka.wire.StoredRecords;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/// The answer to one fetch: waits for the broker's reply, then puts the response together on the connection's loop, where the
/// fetch session lives. Records stay where they are stored.
final class FetchAnswer implements Reply<List<Fetch.Answer>>, PendingAnswer {
    private static final int NO_SESSION = 0;

    private final Broker broker;
    private final Request request;
    private final Responder responder;
    private final Selection.Wanted selection;
    private final Errors[] errors;
    private List<Fetch.Answer> found = List.of();
    private @Nullable BrokerError refusal;

    /// @param errors one per interest; what has none was asked of the broker, in the same order
    FetchAnswer(
            Broker broker,
            Request request,
            Responder responder,
            Selection.Wanted selection,
            Errors[] errors) {
        this.broker = broker;
        this.request = request;
        this.responder = responder;
        this.selection = selection;
        this.errors = errors;
    }

    /// Which of the two ways in which a partition can be unknown this is.
    static Errors unknown(Interest interest, Catalog catalog) {
        var byId =
                !interest.key().topicId().equals(Uuid.ZERO_UUID)
                        || interest.key().topic().isEmpty();
        return byId && catalog.topic(TopicIds.java(interest.key().topicId())).isEmpty()
                ? Errors.UNKNOWN_TOPIC_ID
                : Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }

    @Override
    public void done(List<Fetch.Answer> answers) {
        found = answers;
        responder.answer(this);
    }

    @Override
    public void refused(BrokerError error) {
        refusal = error;
        responder.answer(this);
    }

    @Override
    public AbstractResponse assemble() {
        var session = selection.session();
        var response =
                new FetchResponseData().setSessionId(session == null ? NO_SESSION : session.id());
        var answers = found.iterator();
        var topic = new FetchableTopicResponse();
        var interests = selection.interests();
        for (var i = 0; i < errors.length; i++) {
            var interest = interests.get(i);
            var answer = answer(interest, errors[i], answers);
            var news = interest.tell(answer);
            if (selection.incremental() && !news) {
                continue;
            }
            if (session != null && answer.records().sizeInBytes() > 0) {
                session.hadItsTurn(interest);
            }
            var key = interest.key();
            if (response.responses().isEmpty()
                    || !topic.topic().equals(key.topic())
                    || !topic.topicId().equals(key.topicId())) {
                topic =
                        new FetchableTopicResponse()
                                .setTopic(key.topic())
                                .setTopicId(key.topicId());
                response.responses().add(topic);
            }
            topic.partitions().add(answer);
        }
        return FetchResponse.of(response);
    }

    private PartitionData answer(Interest interest, Errors error, Iterator<Fetch.Answer> answers) {
        if (error != Errors.NONE) {
            return failed(interest, error);
        }
        if (refusal != null) {
            return failed(interest, KafkaErrors.of(refusal));
        }
        return switch (answers.next()) {
            case Fetch.Answer.Refused(BrokerError.UnknownPartition _) ->
                    failed(interest, unknown(interest, broker.catalog()));
            case Fetch.Answer.Refused(var refused) -> failed(interest, KafkaErrors.of(refused));
            case Fetch.Answer.Found records -> found(interest, records);
        };
    }

    private PartitionData found(Interest interest, Fetch.Answer.Found answer) {
        var data =
                new PartitionData()
                        .setPartitionIndex(interest.key().partition())
                        .setHighWatermark(answer.highWatermark())
                        .setLastStableOffset(answer.highWatermark())
                        .setLogStartOffset(answer.startOffset())
                        .setAbortedTransactions(readsCommitted() ? List.of() : null);
        if (answer.records().bytes() == 0) {
            answer.records().close();
            return data.setRecords(MemoryRecords.EMPTY);
        }
        return data.setRecords(new StoredRecords(answer.records()));
    }

    private boolean readsCommitted() {
        return request.body(FetchRequest.class).isolationLevel() == IsolationLevel.READ_COMMITTED;
    }

    private static PartitionData failed(Interest interest, Errors error) {
        return FetchResponse.partitionResponse(interest.key().partition(), error);
    }

    @Override
    public void drop() {
        for (var answer : found) {
            switch (answer) {
                case Fetch.Answer.Found records -> records.records().close();
                case Fetch.Answer.Refused _ -> {}
            }
        }
    }
}
