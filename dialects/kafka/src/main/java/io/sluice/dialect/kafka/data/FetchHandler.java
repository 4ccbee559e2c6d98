package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.data.FetchSessions.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/// Fetch (1): reads from several partitions, waiting at their ends.
///
/// Without transactions everything durable is stable: both isolation levels read the same.
final class FetchHandler implements RequestHandler {
    private static final short TOPIC_IDS_SINCE = 13;

    /// No answer is larger than this, whatever the client asks for (Kafka's `fetch.max.bytes` of the broker); a
    /// single batch that is larger is still answered.
    private static final int BYTES_MAX = 55 * 1024 * 1024;

    private final Broker broker;
    private final FetchSessions.Room room = new FetchSessions.Room();

    FetchHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(FetchRequest.class).data();
        var byId = request.version() >= TOPIC_IDS_SINCE;
        var sessions = request.attachment(FetchSessions.class, () -> new FetchSessions(room));
        switch (sessions.select(data, byId)) {
            case Selection.Refused(var error) ->
                    responder.answer(
                            FetchResponse.of(new FetchResponseData().setErrorCode(error.code())));
            case Selection.Wanted wanted -> fetch(request, responder, wanted);
        }
    }

    private void fetch(Request request, Responder responder, Selection.Wanted selection) {
        var data = request.body(FetchRequest.class).data();
        var interests = selection.interests();
        var errors = new Errors[interests.size()];
        var wants = new ArrayList<Fetch.Want>(interests.size());
        for (var i = 0; i < errors.length; i++) {
            var interest = interests.get(i);
            var partition = partition(interest);
            errors[i] =
                    partition == null
                            ? FetchAnswer.unknown(interest, broker.catalog())
                            : LeaderEpochs.check(interest.leaderEpoch());
            if (partition != null && errors[i] == Errors.NONE) {
                wants.add(new Fetch.Want(partition, interest.offset(), interest.bytesMax()));
            }
        }
        var answer = new FetchAnswer(broker, request, responder, selection, errors);
        if (wants.isEmpty()) {
            answer.done(List.of());
            return;
        }
        // An error is news that does not wait.
        var waits = wants.size() == errors.length;
        request.onEnd(
                broker.fetch(
                        new Fetch(
                                wants,
                                waits ? data.minBytes() : 0,
                                Math.min(BYTES_MAX, data.maxBytes()),
                                waits ? Math.max(0, data.maxWaitMs()) : 0),
                        answer));
    }

    private @Nullable PartitionId partition(Interest interest) {
        if (interest.byId() != null) {
            return interest.byId();
        }
        var key = interest.key();
        return broker.catalog()
                .topic(key.topic())
                .filter(topic -> 0 <= key.partition() && key.partition() < topic.partitions())
                .map(topic -> topic.partition(key.partition()))
                .orElse(null);
    }
}
