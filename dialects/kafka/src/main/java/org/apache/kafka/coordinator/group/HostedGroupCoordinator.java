package org.apache.kafka.coordinator.group;

import com.yammer.metrics.core.MetricsRegistry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.common.runtime.CoordinatorEventProcessor;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataDelta;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataImage;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRuntimeMetrics;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter;
import org.apache.kafka.coordinator.group.GroupCoordinatorShard.DeletedTopic;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.apache.kafka.server.share.persister.Persister;
import org.apache.kafka.server.util.PartitionMetadataClient;
import org.apache.kafka.server.util.timer.Timer;

/// Kafka's group coordinator on somebody else's threads.
///
/// Kafka's own builder insists on a thread pool, and its service reads metadata only as KRaft images and then waits for what a
/// deleted topic causes. Here the service is built around a runtime whose event processor is handed in, and topics are told
/// to that runtime directly, which never waits.
public final class HostedGroupCoordinator {
    /// What the coordinator stands on.
    ///
    /// @param events runs a partition's events one at a time and in order
    /// @param background for what is too long for an event: matching regular expressions, computing assignments
    /// @param shareState asked to keep what share groups have consumed
    /// @param ends asked where partitions end
    public record Parts(
            GroupCoordinatorConfig config,
            GroupConfigManager groupConfigs,
            CoordinatorEventProcessor events,
            PartitionWriter writer,
            CoordinatorLoader<CoordinatorRecord> loader,
            Time time,
            Timer timer,
            Consumer<Runnable> background,
            CoordinatorRuntimeMetrics runtimeMetrics,
            Persister shareState,
            PartitionMetadataClient ends) {}

    /// The service looks up the topics of share groups in an image of its own, which it takes from KRaft only.
    private static final VarHandle IMAGE = image();

    private final CoordinatorRuntime<GroupCoordinatorShard, CoordinatorRecord> runtime;
    private final GroupCoordinatorService service;

    public HostedGroupCoordinator(int nodeId, Parts parts) {
        var config = parts.config();
        var prefix = "GroupCoordinator id=" + nodeId;
        var logContext = new LogContext("[" + prefix + "] ");
        var metrics = new GroupCoordinatorMetrics(new MetricsRegistry(), new Metrics());
        runtime =
                new CoordinatorRuntime.Builder<GroupCoordinatorShard, CoordinatorRecord>()
                        .withLogPrefix(prefix)
                        .withLogContext(logContext)
                        .withTime(parts.time())
                        .withTimer(parts.timer())
                        .withEventProcessor(parts.events())
                        .withPartitionWriter(parts.writer())
                        .withLoader(parts.loader())
                        .withCoordinatorShardBuilderSupplier(
                                () ->
                                        new GroupCoordinatorShard.Builder(
                                                        config, parts.groupConfigs())
                                                .withAuthorizerPlugin(Optional.empty()))
                        .withWriteTimeout(Duration.ofMillis(config.offsetCommitTimeoutMs()))
                        .withCoordinatorRuntimeMetrics(parts.runtimeMetrics())
                        .withCoordinatorMetrics(metrics)
                        .withSerializer(new GroupCoordinatorRecordSerde())
                        .withCompression(
                                Compression.of(config.offsetTopicCompressionType()).build())
                        .withAppendLingerMs(config.appendLingerMs())
                        .withExecutorService(new Background(parts.background()))
                        .withCachedBufferMaxBytesSupplier(config::cachedBufferMaxBytes)
                        .build();
        service =
                new GroupCoordinatorService(
                        logContext,
                        config,
                        runtime,
                        metrics,
                        parts.groupConfigs(),
                        parts.shareState(),
                        parts.timer(),
                        parts.ends());
    }

    private static VarHandle image() {
        try {
            return MethodHandles.privateLookupIn(
                            GroupCoordinatorService.class, MethodHandles.lookup())
                    .findVarHandle(
                            GroupCoordinatorService.class,
                            "metadataImage",
                            CoordinatorMetadataImage.class);
        } catch (ReflectiveOperationException otherVersion) {
            throw new LinkageError("not the coordinator that this was written for", otherVersion);
        }
    }

    /// What requests are put to.
    public GroupCoordinator requests() {
        return service;
    }

    /// Tells all loaded partitions what exists now. Returns at once.
    public void onTopics(CoordinatorMetadataDelta delta, CoordinatorMetadataImage image) {
        IMAGE.setVolatile(service, image);
        runtime.onMetadataUpdate(delta, image);
    }

    /// Removes what groups have committed for topics that are gone, in all partitions. One that is loading refuses: who
    /// hosts the coordinator asks again for it when it is loaded.
    public List<CompletableFuture<Void>> forgetOffsets(List<DeletedTopic> gone) {
        return runtime.scheduleWriteAllOperation(
                "on-topics-deleted", shard -> shard.onTopicsDeleted(gone));
    }

    /// The same for what share groups have begun on.
    public List<CompletableFuture<Void>> forgetShares(List<DeletedTopic> gone) {
        var ids = gone.stream().map(DeletedTopic::id).collect(Collectors.toSet());
        return runtime.scheduleWriteAllOperation(
                "maybe-cleanup-share-group-state", shard -> shard.maybeCleanupShareGroupState(ids));
    }

    /// The same in one partition.
    public CompletableFuture<Void> forgetOffsets(int partition, List<DeletedTopic> gone) {
        return runtime.scheduleWriteOperation(
                "on-topics-deleted",
                new TopicPartition(Topic.GROUP_METADATA_TOPIC_NAME, partition),
                shard -> shard.onTopicsDeleted(gone));
    }

    /// Somebody else's thread as Kafka wants it. Kafka stops its executor with the coordinator; this one is not its own.
    private static final class Background extends AbstractExecutorService {
        private final Consumer<Runnable> thread;

        Background(Consumer<Runnable> thread) {
            this.thread = thread;
        }

        @Override
        public void execute(Runnable task) {
            thread.accept(task);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
