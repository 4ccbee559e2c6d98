package io.sluice.dialect.kafka.share;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queues;
import io.sluice.dialect.kafka.PendingAnswer;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.share.ShareSessions.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.message.ShareFetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ShareFetchResponse;

/// The answer to one share fetch: put together on the connection's loop, where the session lives, which from then on holds what is in it.
final class ShareFetchAnswer implements PendingAnswer {
    private final Queues queues;
    private final Selection.Chosen chosen;
    private final int lockMillis;

    /// By partition; told by the threads that found out.
    private final Map<PartitionId, Errors> failed = new ConcurrentHashMap<>();

    private final Map<PartitionId, CompletableFuture<Errors>> acknowledged = new LinkedHashMap<>();
    private final LinkedHashMap<TopicIdPartition, PartitionData> partitions = new LinkedHashMap<>();
    private List<Delivery> deliveries = List.of();

    ShareFetchAnswer(Queues queues, Selection.Chosen chosen, int lockMillis) {
        this.queues = queues;
        this.chosen = chosen;
        this.lockMillis = lockMillis;
    }

    void fails(PartitionId partition, Errors error) {
        failed.put(partition, error);
    }

    boolean isWithoutErrors() {
        return failed.isEmpty();
    }

    /// @param outcome is there before the answer is assembled
    CompletableFuture<Errors> acknowledges(
            PartitionId partition, CompletableFuture<Errors> outcome) {
        acknowledged.put(partition, outcome);
        return outcome;
    }

    void found(List<Delivery> found) {
        deliveries = found;
    }

    @Override
    public AbstractResponse assemble() {
        var session = chosen.session();
        acknowledged.forEach(
                (id, outcome) -> of(id).setAcknowledgeErrorCode(outcome.join().code()));
        failed.forEach((id, error) -> of(id).setErrorCode(error.code()));
        if (session.hasEnded()) {
            giveBack();
        } else {
            byPartition()
                    .forEach(
                            (id, found) -> {
                                HandedOut.tell(found, session.held(id), of(id));
                                session.hadItsTurn(id);
                            });
            if (chosen.begins()) {
                session.wanted().forEach(this::of);
            }
        }
        return ShareFetchResponse.of(Errors.NONE, 0, partitions, List.of(), lockMillis);
    }

    private Map<PartitionId, List<Delivery>> byPartition() {
        var found = new LinkedHashMap<PartitionId, List<Delivery>>();
        for (var delivery : deliveries) {
            found.computeIfAbsent(delivery.part().partition(), _ -> new ArrayList<>())
                    .add(delivery);
        }
        return found;
    }

    /// The place of a partition in the answer.
    private PartitionData of(PartitionId id) {
        return partitions.computeIfAbsent(
                new TopicIdPartition(TopicIds.kafka(id.topic()), id.index(), ""),
                _ ->
                        new PartitionData()
                                .setPartitionIndex(id.index())
                                .setRecords(MemoryRecords.EMPTY));
    }

    @Override
    public void drop() {
        giveBack();
    }

    private void giveBack() {
        deliveries.stream()
                .map(Delivery::part)
                .distinct()
                .forEach(part -> queues.release(part, chosen.session().owner()));
    }
}
