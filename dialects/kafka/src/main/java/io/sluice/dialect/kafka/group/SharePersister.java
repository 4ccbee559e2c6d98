package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.share.Promise;
import io.sluice.dialect.kafka.share.ShareQueues;
import io.sluice.dialect.kafka.share.StartOffsets;
import io.sluice.dialect.kafka.share.StartOffsets.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.share.persister.DeleteShareGroupStateParameters;
import org.apache.kafka.server.share.persister.DeleteShareGroupStateResult;
import org.apache.kafka.server.share.persister.InitializeShareGroupStateParameters;
import org.apache.kafka.server.share.persister.InitializeShareGroupStateResult;
import org.apache.kafka.server.share.persister.PartitionErrorData;
import org.apache.kafka.server.share.persister.PartitionFactory;
import org.apache.kafka.server.share.persister.PartitionIdData;
import org.apache.kafka.server.share.persister.PartitionIdLeaderEpochData;
import org.apache.kafka.server.share.persister.PartitionStateData;
import org.apache.kafka.server.share.persister.PartitionStateSummaryData;
import org.apache.kafka.server.share.persister.Persister;
import org.apache.kafka.server.share.persister.ReadShareGroupStateParameters;
import org.apache.kafka.server.share.persister.ReadShareGroupStateResult;
import org.apache.kafka.server.share.persister.ReadShareGroupStateSummaryParameters;
import org.apache.kafka.server.share.persister.ReadShareGroupStateSummaryResult;
import org.apache.kafka.server.share.persister.TopicData;
import org.apache.kafka.server.share.persister.WriteShareGroupStateParameters;
import org.apache.kafka.server.share.persister.WriteShareGroupStateResult;

/// Where Kafka's coordinator thinks the state of share groups is kept: what it would store is a queue's, so its wishes become wishes about queues.
///
/// | Kafka's coordinator | here |
/// |---|---|
/// | a group subscribes to a topic | the queue is made |
/// | offsets are reset | the queue begins anew |
/// | offsets or the group are deleted | the queue goes |
/// | how far is the group? | the queue's first message that is not done with |
final class SharePersister implements Persister {
    private final Broker broker;
    private final ShareQueues queues;
    private final StartOffsets offsets;

    SharePersister(Broker broker, ShareQueues queues, StartOffsets offsets) {
        this.broker = broker;
        this.queues = queues;
        this.offsets = offsets;
    }

    @Override
    public CompletableFuture<InitializeShareGroupStateResult> initializeState(
            InitializeShareGroupStateParameters wished) {
        var group = wished.groupTopicPartitionData().groupId();
        return all(
                        wished.groupTopicPartitionData().topicsData(),
                        (topic, partitions) -> begin(group, topic, partitions))
                .thenApply(
                        topics ->
                                new InitializeShareGroupStateResult.Builder()
                                        .setTopicsData(topics)
                                        .build());
    }

    private CompletableFuture<?> begin(
            String group, Topic topic, List<PartitionStateData> partitions) {
        var from = new HashMap<Integer, Long>();
        for (var partition : partitions) {
            if (partition.startOffset() != PartitionFactory.UNINITIALIZED_START_OFFSET) {
                from.put(partition.partition(), partition.startOffset());
            }
        }
        return from.isEmpty() ? queues.ensure(group, topic) : queues.restart(group, topic, from);
    }

    @Override
    public CompletableFuture<DeleteShareGroupStateResult> deleteState(
            DeleteShareGroupStateParameters wished) {
        var group = wished.groupTopicPartitionData().groupId();
        return all(
                        wished.groupTopicPartitionData().topicsData(),
                        (topic, _) -> queues.delete(group, topic))
                .thenApply(
                        topics ->
                                new DeleteShareGroupStateResult.Builder()
                                        .setTopicsData(topics)
                                        .build());
    }

    /// Does something to each topic, and tells of each of its partitions how that went. A topic that is gone needs nothing.
    private <P extends PartitionIdData> CompletableFuture<List<TopicData<PartitionErrorData>>> all(
            List<TopicData<P>> topics, BiFunction<Topic, List<P>, CompletableFuture<?>> action) {
        var outcomes = new ArrayList<CompletableFuture<TopicData<PartitionErrorData>>>();
        for (var data : topics) {
            CompletableFuture<?> done =
                    broker.catalog()
                            .topic(TopicIds.java(data.topicId()))
                            .<CompletableFuture<?>>map(
                                    topic -> action.apply(topic, data.partitions()))
                            .orElseGet(() -> CompletableFuture.completedFuture(data));
            outcomes.add(done.handle((_, failure) -> outcome(data, Promise.error(failure))));
        }
        return inOrder(outcomes);
    }

    private static <P extends PartitionIdData> TopicData<PartitionErrorData> outcome(
            TopicData<P> topic, Errors error) {
        return new TopicData<>(
                topic.topicId(),
                topic.partitions().stream()
                        .map(
                                partition ->
                                        PartitionFactory.newPartitionErrorData(
                                                partition.partition(),
                                                error.code(),
                                                String.valueOf(error.message())))
                        .toList());
    }

    @Override
    public CompletableFuture<ReadShareGroupStateSummaryResult> readSummary(
            ReadShareGroupStateSummaryParameters wished) {
        var group = wished.groupTopicPartitionData().groupId();
        var outcomes = new ArrayList<CompletableFuture<TopicData<PartitionStateSummaryData>>>();
        for (var data : wished.groupTopicPartitionData().topicsData()) {
            outcomes.add(
                    inOrder(
                                    data.partitions().stream()
                                            .map(partition -> summary(group, data, partition))
                                            .toList())
                            .thenApply(summaries -> new TopicData<>(data.topicId(), summaries)));
        }
        return inOrder(outcomes)
                .thenApply(
                        topics ->
                                new ReadShareGroupStateSummaryResult.Builder()
                                        .setTopicsData(topics)
                                        .build());
    }

    private CompletableFuture<PartitionStateSummaryData> summary(
            String group, TopicData<?> data, PartitionIdLeaderEpochData partition) {
        var index = partition.partition();
        return broker.catalog()
                .topic(TopicIds.java(data.topicId()))
                .flatMap(topic -> queues.find(group, topic))
                .map(
                        queue ->
                                offsets.progress(queue.part(index))
                                        .handle(
                                                (progress, failure) ->
                                                        failure == null
                                                                ? summary(index, progress)
                                                                : unknown(
                                                                        index,
                                                                        Promise.error(failure))))
                .orElseGet(() -> CompletableFuture.completedFuture(unknown(index, Errors.NONE)));
    }

    private static PartitionStateSummaryData summary(int index, Progress progress) {
        return PartitionFactory.newPartitionStateSummaryData(
                index,
                PartitionFactory.DEFAULT_STATE_EPOCH,
                progress.floor(),
                (int) Math.min(Integer.MAX_VALUE, progress.done()),
                PartitionFactory.DEFAULT_LEADER_EPOCH,
                PartitionFactory.DEFAULT_ERROR_CODE,
                PartitionFactory.DEFAULT_ERR_MESSAGE);
    }

    private static PartitionStateSummaryData unknown(int index, Errors error) {
        return PartitionFactory.newPartitionStateSummaryData(
                index,
                PartitionFactory.DEFAULT_STATE_EPOCH,
                PartitionFactory.UNINITIALIZED_START_OFFSET,
                PartitionFactory.UNINITIALIZED_DELIVERY_COMPLETE_COUNT,
                PartitionFactory.DEFAULT_LEADER_EPOCH,
                error.code(),
                String.valueOf(error.message()));
    }

    private static <T> CompletableFuture<List<T>> inOrder(List<CompletableFuture<T>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> answers.stream().map(CompletableFuture::join).toList());
    }

    /// A leader of share partitions would ask; queues keep their state themselves.
    @Override
    public CompletableFuture<ReadShareGroupStateResult> readState(
            ReadShareGroupStateParameters wished) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("a queue's state is not read"));
    }

    @Override
    public CompletableFuture<WriteShareGroupStateResult> writeState(
            WriteShareGroupStateParameters wished) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("a queue's state is not written"));
    }

    @Override
    public void stop() {}
}
