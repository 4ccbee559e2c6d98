package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// OffsetDelete (47): forgets what a group has committed for some partitions.
final class OffsetDeletions implements GroupOperation {
    private final Broker broker;

    OffsetDeletions(Broker broker) {
        this.broker = broker;
    }

    @Override
    public CompletableFuture<OffsetDeleteResponse> apply(
            GroupCoordinator coordinator, Request request) {
        var asked = request.body(OffsetDeleteRequest.class).data();
        var answer = new OffsetDeleteResponse.Builder();
        var known = new OffsetDeleteRequestTopicCollection();
        for (var wanted : asked.topics()) {
            int partitions = broker.catalog().topic(wanted.name()).map(Topic::partitions).orElse(0);
            var existing = new OffsetDeleteRequestTopic().setName(wanted.name());
            for (var partition : wanted.partitions()) {
                int index = partition.partitionIndex();
                if (0 <= index && index < partitions) {
                    existing.partitions()
                            .add(new OffsetDeleteRequestPartition().setPartitionIndex(index));
                } else {
                    answer.addPartition(wanted.name(), index, Errors.UNKNOWN_TOPIC_OR_PARTITION);
                }
            }
            if (!existing.partitions().isEmpty()) {
                known.add(existing);
            }
        }
        // Asked even when nothing is left of it, as only the coordinator knows whether there is
        // such a group.
        return coordinator
                .deleteOffsets(
                        request.context(),
                        asked.duplicate().setTopics(known),
                        BufferSupplier.NO_CACHING)
                .thenApply(results -> answer.merge(results).build());
    }
}
