package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.dialect.kafka.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// OffsetFetch (9): what groups have committed, for some partitions or for all. One group up to version 7, several from 8 on;
/// topics by name up to version 9, by id from 10 on.
final class OffsetFetches implements GroupOperation {
    private final Broker broker;

    OffsetFetches(Broker broker) {
        this.broker = broker;
    }

    @Override
    public CompletableFuture<OffsetFetchResponse> apply(
            GroupCoordinator coordinator, Request request) {
        var body = request.body(OffsetFetchRequest.class);
        var groups =
                body.groups().stream().map(group -> fetch(coordinator, request, group)).toList();
        return CompletableFuture.allOf(groups.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        _ ->
                                new OffsetFetchResponse.Builder(
                                                groups.stream()
                                                        .map(CompletableFuture::join)
                                                        .toList())
                                        .build(request.version()));
    }

    /// Never fails: an error of one group is part of its answer.
    private CompletableFuture<OffsetFetchResponseGroup> fetch(
            GroupCoordinator coordinator, Request request, OffsetFetchRequestGroup group) {
        boolean stable = request.body(OffsetFetchRequest.class).requireStable();
        var fetched =
                OffsetFetchRequest.requestAllOffsets(group)
                        ? fetchAll(coordinator, request, group, stable)
                        : fetchSome(coordinator, request, group, stable);
        return fetched.exceptionally(
                failure ->
                        OffsetFetchResponse.groupError(
                                group,
                                Errors.forException(Errors.maybeUnwrapException(failure)),
                                request.version()));
    }

    private CompletableFuture<OffsetFetchResponseGroup> fetchAll(
            GroupCoordinator coordinator,
            Request request,
            OffsetFetchRequestGroup group,
            boolean stable) {
        return coordinator
                .fetchOffsets(request.context(), group, stable)
                .thenApply(
                        answer -> {
                            if (OffsetFetchRequest.useTopicIds(request.version())) {
                                answer.setTopics(withIds(answer.topics()));
                            }
                            return answer;
                        });
    }

    /// From version 10 on only the id says which topic is meant: what has none cannot be told.
    private List<OffsetFetchResponseTopics> withIds(List<OffsetFetchResponseTopics> topics) {
        var catalog = broker.catalog();
        for (var topic : topics) {
            if (topic.topicId().equals(Uuid.ZERO_UUID)) {
                topic.setTopicId(idOf(catalog, topic.name()));
            }
        }
        return topics.stream().filter(topic -> !topic.topicId().equals(Uuid.ZERO_UUID)).toList();
    }

    private CompletableFuture<OffsetFetchResponseGroup> fetchSome(
            GroupCoordinator coordinator,
            Request request,
            OffsetFetchRequestGroup group,
            boolean stable) {
        boolean byId = OffsetFetchRequest.useTopicIds(request.version());
        var catalog = broker.catalog();
        var known = new ArrayList<OffsetFetchRequestTopics>(group.topics().size());
        var unknown = new ArrayList<OffsetFetchResponseTopics>();
        for (var topic : group.topics()) {
            if (!byId) {
                // What was committed for a topic that has this name no longer is not told.
                known.add(topic.duplicate().setTopicId(idOf(catalog, topic.name())));
            } else {
                catalog.topic(CatalogImage.brokerId(topic.topicId()))
                        .ifPresentOrElse(
                                found -> known.add(topic.duplicate().setName(found.name())),
                                () -> unknown.add(unknown(topic)));
            }
        }
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new OffsetFetchResponseGroup().setGroupId(group.groupId()).setTopics(unknown));
        }
        return coordinator
                .fetchOffsets(request.context(), group.duplicate().setTopics(known), stable)
                .thenApply(
                        answer -> {
                            if (answer.errorCode() == Errors.NONE.code() && !unknown.isEmpty()) {
                                unknown.addAll(answer.topics());
                                answer.setTopics(unknown);
                            }
                            return answer;
                        });
    }

    private static OffsetFetchResponseTopics unknown(OffsetFetchRequestTopics topic) {
        return new OffsetFetchResponseTopics()
                .setTopicId(topic.topicId())
                .setPartitions(
                        topic.partitionIndexes().stream()
                                .map(
                                        index ->
                                                new OffsetFetchResponsePartitions()
                                                        .setPartitionIndex(index)
                                                        .setErrorCode(
                                                                Errors.UNKNOWN_TOPIC_ID.code())
                                                        .setCommittedOffset(
                                                                OffsetFetchResponse.INVALID_OFFSET)
                                                        .setMetadata(
                                                                OffsetFetchResponse.NO_METADATA))
                                .toList());
    }

    private static Uuid idOf(Catalog catalog, String name) {
        return catalog.topic(name)
                .map(topic -> CatalogImage.kafkaId(topic.id()))
                .orElse(Uuid.ZERO_UUID);
    }
}
