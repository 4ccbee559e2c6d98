package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// OffsetCommit (8): partitions that do not exist are refused here, the others are the coordinator's.
///
/// Clients name topics by name up to version 9 and by id from version 10 on. The coordinator gets both, so that what was
/// committed for a topic is not taken for that of a later one of the same name.
final class OffsetCommits implements GroupOperation {
    private final Broker broker;

    OffsetCommits(Broker broker) {
        this.broker = broker;
    }

    @Override
    public CompletableFuture<OffsetCommitResponse> apply(
            GroupCoordinator coordinator, Request request) {
        boolean byId = OffsetCommitResponse.useTopicIds(request.version());
        var asked = request.body(OffsetCommitRequest.class).data();
        var answer = OffsetCommitResponse.newBuilder(byId);
        var catalog = broker.catalog();

        var known = new ArrayList<OffsetCommitRequestTopic>(asked.topics().size());
        for (var wanted : asked.topics()) {
            find(catalog, wanted, byId)
                    .ifPresentOrElse(
                            topic -> {
                                var existing = existing(topic, wanted, answer);
                                if (!existing.partitions().isEmpty()) {
                                    known.add(existing);
                                }
                            },
                            () ->
                                    answer.addPartitions(
                                            wanted.topicId(),
                                            wanted.name(),
                                            wanted.partitions(),
                                            partition -> partition.partitionIndex(),
                                            byId
                                                    ? Errors.UNKNOWN_TOPIC_ID
                                                    : Errors.UNKNOWN_TOPIC_OR_PARTITION));
        }
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(answer.build());
        }
        return coordinator
                .commitOffsets(
                        request.context(),
                        asked.duplicate().setTopics(known),
                        BufferSupplier.NO_CACHING)
                .thenApply(results -> answer.merge(results).build());
    }

    private static Optional<Topic> find(
            Catalog catalog, OffsetCommitRequestTopic wanted, boolean byId) {
        return byId
                ? catalog.topic(CatalogImage.brokerId(wanted.topicId()))
                : catalog.topic(wanted.name());
    }

    /// What is asked of `topic`, without partitions that it does not have, which go straight to the answer.
    private static OffsetCommitRequestTopic existing(
            Topic topic, OffsetCommitRequestTopic wanted, OffsetCommitResponse.Builder answer) {
        var existing =
                new OffsetCommitRequestTopic()
                        .setName(topic.name())
                        .setTopicId(CatalogImage.kafkaId(topic.id()));
        for (var partition : wanted.partitions()) {
            int index = partition.partitionIndex();
            if (0 <= index && index < topic.partitions()) {
                existing.partitions().add(partition);
            } else {
                answer.addPartition(
                        existing.topicId(),
                        existing.name(),
                        index,
                        Errors.UNKNOWN_TOPIC_OR_PARTITION);
            }
        }
        return existing;
    }
}
