package io.sluice.dialect.kafka.share;

import io.sluice.broker.Broker;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.share.ShareSessions.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ShareFetchRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ShareFetchRequest;
import org.apache.kafka.common.requests.ShareFetchResponse;

/// ShareFetch (78): settles what the member says of records that it holds, and hands it more.
///
/// Without transactions everything durable is committed: both isolation levels read the same.
final class ShareFetchHandler implements RequestHandler {
    /// As for a fetch.
    private static final int BYTES_MAX = 55 * 1024 * 1024;

    private final Broker broker;
    private final ShareQueues shareQueues;

    ShareFetchHandler(Broker broker, ShareQueues shareQueues) {
        this.broker = broker;
        this.shareQueues = shareQueues;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(ShareFetchRequest.class).data();
        var sessions =
                request.attachment(ShareSessions.class, () -> new ShareSessions(broker.queues()));
        switch (sessions.ofFetch(data)) {
            case Selection.Refused(var error) -> responder.answer(refusal(error));
            case Selection.Chosen chosen when !ShareSessions.update(chosen.session(), data) -> {
                sessions.end(chosen.session());
                responder.answer(refusal(Errors.SHARE_SESSION_LIMIT_REACHED));
            }
            case Selection.Chosen chosen -> fetch(request, responder, sessions, chosen);
        }
    }

    private static ShareFetchResponse refusal(Errors error) {
        return ShareFetchResponse.of(error, 0, new LinkedHashMap<>(), List.of(), 0);
    }

    private void fetch(
            Request request, Responder responder, ShareSessions sessions, Selection.Chosen chosen) {
        var data = request.body(ShareFetchRequest.class).data();
        var session = chosen.session();
        var settings = ShareSettings.of(broker.catalog(), session.key().group());
        var answer = new ShareFetchAnswer(broker.queues(), chosen, settings.lockMillis());
        var settled = acknowledge(data, session, settings, answer);
        if (chosen.ends()) {
            sessions.end(session);
            settled.whenComplete((_, _) -> responder.answer(answer));
            return;
        }
        var there = there(session, answer);
        boolean waits = answer.isWithoutErrors();
        boolean fetches = !data.isRenewAck() && data.maxRecords() > 0 && data.maxBytes() > 0;
        var receiving =
                new Receiving(
                        broker.queues(),
                        new Limits(
                                session.owner(),
                                Math.max(1, data.maxRecords()),
                                Math.clamp(data.maxBytes(), 1, BYTES_MAX),
                                settings.lockMillis(),
                                waits ? Math.max(0, data.maxWaitMs()) : 0));
        request.onEnd(receiving::cancel);
        var received =
                fetches
                        ? receive(session, there, receiving, answer)
                        : CompletableFuture.completedFuture(List.<Delivery>of());
        settled.thenCombine(received, (_, deliveries) -> deliveries)
                .whenComplete(
                        (deliveries, failure) -> {
                            if (failure == null) {
                                answer.found(deliveries);
                                responder.answer(answer);
                            } else {
                                responder.refuse(Errors.maybeUnwrapException(failure));
                            }
                        });
    }

    private CompletableFuture<?> acknowledge(
            ShareFetchRequestData data,
            ShareSession session,
            ShareSettings settings,
            ShareFetchAnswer answer) {
        var acknowledging = new Acknowledging(broker.queues());
        var outcomes = new ArrayList<CompletableFuture<?>>();
        for (var topic : data.topics()) {
            for (var partition : topic.partitions()) {
                var claims = Claim.ofFetch(partition);
                if (!claims.isEmpty()) {
                    var id =
                            new PartitionId(
                                    TopicIds.java(topic.topicId()), partition.partitionIndex());
                    outcomes.add(
                            answer.acknowledges(
                                    id, acknowledging.of(session, id, claims, settings)));
                }
            }
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new));
    }

    /// What the session wants and what is there.
    private Map<PartitionId, Topic> there(ShareSession session, ShareFetchAnswer answer) {
        var catalog = broker.catalog();
        var found = new LinkedHashMap<PartitionId, Topic>();
        for (var partition : session.wanted()) {
            var topic = catalog.topic(partition.topic());
            if (topic.isEmpty()) {
                answer.fails(partition, Errors.UNKNOWN_TOPIC_ID);
            } else if (partition.index() < 0 || partition.index() >= topic.get().partitions()) {
                answer.fails(partition, Errors.UNKNOWN_TOPIC_OR_PARTITION);
            } else {
                found.put(partition, topic.get());
            }
        }
        return found;
    }

    private CompletableFuture<List<Delivery>> receive(
            ShareSession session,
            Map<PartitionId, Topic> there,
            Receiving receiving,
            ShareFetchAnswer answer) {
        var parts = new ArrayList<QueuePart>();
        var coming = new ArrayList<CompletableFuture<?>>();
        there.forEach(
                (partition, topic) -> {
                    var queue = shareQueues.find(session.key().group(), topic);
                    if (queue.isPresent()) {
                        var part = queue.get().part(partition.index());
                        session.asks(part);
                        parts.add(part);
                    } else {
                        coming.add(make(session, partition, topic, answer));
                    }
                });
        // What is being made is asked when the member comes again, which it does at once.
        return coming.isEmpty()
                ? receiving.from(parts)
                : CompletableFuture.allOf(coming.toArray(CompletableFuture[]::new))
                        .thenApply(_ -> List.of());
    }

    private CompletableFuture<?> make(
            ShareSession session, PartitionId partition, Topic topic, ShareFetchAnswer answer) {
        return shareQueues
                .ensure(session.key().group(), topic)
                .handle(
                        (_, failure) -> {
                            if (failure != null) {
                                answer.fails(partition, Promise.error(failure));
                            }
                            return partition;
                        });
    }
}
