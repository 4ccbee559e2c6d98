package io.sluice.dialect.kafka.share;

import io.sluice.broker.Broker;
import io.sluice.broker.PartitionId;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.share.ShareSessions.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ShareAcknowledgeRequestData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData.PartitionData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData.ShareAcknowledgeTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ShareAcknowledgeRequest;
import org.apache.kafka.common.requests.ShareAcknowledgeResponse;

/// ShareAcknowledge (79): settles what a member says of records that it holds. Answered when that is durable.
final class ShareAcknowledgeHandler implements RequestHandler {
    private final Broker broker;

    ShareAcknowledgeHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(ShareAcknowledgeRequest.class).data();
        var sessions =
                request.attachment(ShareSessions.class, () -> new ShareSessions(broker.queues()));
        switch (sessions.ofAcknowledge(data.groupId(), data.memberId(), data.shareSessionEpoch())) {
            case Selection.Refused(var error) ->
                    responder.answer(
                            new ShareAcknowledgeResponse(
                                    new ShareAcknowledgeResponseData()
                                            .setErrorCode(error.code())
                                            .setErrorMessage(error.message())));
            case Selection.Chosen chosen -> {
                acknowledge(data, chosen.session(), responder);
                if (chosen.ends()) {
                    sessions.end(chosen.session());
                }
            }
        }
    }

    private void acknowledge(
            ShareAcknowledgeRequestData data, ShareSession session, Responder responder) {
        var settings = ShareSettings.of(broker.catalog(), session.key().group());
        var outcomes = new LinkedHashMap<PartitionId, CompletableFuture<Errors>>();
        for (var topic : data.topics()) {
            for (var partition : topic.partitions()) {
                var id =
                        new PartitionId(TopicIds.java(topic.topicId()), partition.partitionIndex());
                outcomes.put(id, outcome(session, id, partition, settings));
            }
        }
        CompletableFuture.allOf(outcomes.values().toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> responder.answer(answer(outcomes, settings.lockMillis())));
    }

    private CompletableFuture<Errors> outcome(
            ShareSession session,
            PartitionId id,
            ShareAcknowledgeRequestData.AcknowledgePartition partition,
            ShareSettings settings) {
        var catalog = broker.catalog();
        if (catalog.topic(id.topic()).isEmpty()) {
            return CompletableFuture.completedFuture(Errors.UNKNOWN_TOPIC_ID);
        }
        return new Acknowledging(broker.queues())
                .of(session, id, Claim.ofAcknowledge(partition), settings);
    }

    private static ShareAcknowledgeResponse answer(
            Map<PartitionId, CompletableFuture<Errors>> outcomes, int lockMillis) {
        var response = new ShareAcknowledgeResponseData().setAcquisitionLockTimeoutMs(lockMillis);
        outcomes.forEach(
                (id, outcome) -> {
                    var topicId = TopicIds.kafka(id.topic());
                    var topic = response.responses().find(topicId);
                    if (topic == null) {
                        topic = new ShareAcknowledgeTopicResponse().setTopicId(topicId);
                        response.responses().add(topic);
                    }
                    topic.partitions()
                            .add(
                                    new PartitionData()
                                            .setPartitionIndex(id.index())
                                            .setErrorCode(outcome.join().code()));
                });
        return new ShareAcknowledgeResponse(response);
    }
}
