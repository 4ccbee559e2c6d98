package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.share.ShareQueues;
import io.sluice.dialect.kafka.share.StartOffsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorShard.DeletedTopic;
import org.apache.kafka.coordinator.group.HostedGroupCoordinator;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kafka's group coordinator at work on one offsets topic, and what it must be told: which partitions to load, which topics
/// exist, which are gone.
///
/// A partition is loaded again under a larger epoch whenever its load or one of its writes failed; until it is loaded,
/// clients hear that the coordinator is loading or has moved, and ask again.
///
/// Owned by the coordinator's thread, except for [#requests] and [#stop].
final class RunningCoordinator {
    private static final Logger log = LoggerFactory.getLogger(RunningCoordinator.class);

    private static final long AFTER_FAILED_LOAD_MILLIS = 1_000;

    /// Doubled with every failure in a row: a full disk stays full for a while.
    private static final long AFTER_FAILED_WRITE_MILLIS = 100;

    private static final int DOUBLINGS_MAX = 6;

    private final Broker broker;
    private final CoordinatorThread thread;
    private final Topic topic;
    private final List<OffsetsPartition> partitions;
    private final HostedGroupCoordinator hosted;
    private final GroupConfigFeed groupConfigFeed;
    private final int[] epochs;
    private CatalogImage image;

    RunningCoordinator(
            Broker broker,
            Clock clock,
            GroupSettings settings,
            CoordinatorThread thread,
            Topic topic) {
        this.broker = broker;
        this.thread = thread;
        this.topic = topic;
        this.partitions =
                IntStream.range(0, topic.partitions())
                        .mapToObj(
                                index ->
                                        new OffsetsPartition(
                                                broker,
                                                topic.partition(index),
                                                OffsetsTopic.partition(index),
                                                this::writeFailed))
                        .toList();
        this.epochs = new int[partitions.size()];
        this.image = new CatalogImage(broker.catalog());

        var definitions =
                Utils.mergeConfigs(
                        List.of(GroupCoordinatorConfig.CONFIG_DEF, ShareGroupConfig.CONFIG_DEF));
        var values = new AbstractConfig(definitions, settings.kafka(), false);
        var config = new GroupCoordinatorConfig(values);
        var shareConfig = new ShareGroupConfig(values);
        var configs =
                new GroupConfigManager(
                        config.extractGroupConfigMap(shareConfig), config, shareConfig);
        this.groupConfigFeed = new GroupConfigFeed(configs);
        this.hosted =
                new HostedGroupCoordinator(
                        KafkaSettings.NODE_ID,
                        new HostedGroupCoordinator.Parts(
                                config,
                                configs,
                                new ShardEvents(broker, partitions),
                                new OffsetsWriter(broker, topic, partitions),
                                new OffsetsLoader(broker, clock, thread, partitions, this::loaded),
                                new CoordinatorTime(clock),
                                new CoordinatorTimer(clock, thread),
                                thread::execute,
                                new UnmeteredRuntime(),
                                new SharePersister(
                                        broker,
                                        new ShareQueues(broker, clock),
                                        new StartOffsets(broker, clock)),
                                new LatestOffsets(broker)));
    }

    /// Starts to load all partitions.
    void start() {
        hosted.requests().startup(partitions::size);
        groupConfigFeed.apply(image.catalog());
        hosted.onTopics(image.emptyDelta(), image);
        partitions.forEach(this::load);
    }

    /// The coordinator; may be asked on any thread.
    GroupCoordinator requests() {
        return hosted.requests();
    }

    /// Whether `catalog` still has the topic that this coordinator works on.
    boolean servesTopicOf(Catalog catalog) {
        return catalog.topic(topic.id()).isPresent();
    }

    void onCatalog(Catalog catalog) {
        if (catalog.version() <= image.version()) {
            return;
        }
        groupConfigFeed.apply(catalog);
        var before = image;
        image = new CatalogImage(catalog);
        var delta = CatalogDelta.between(before, image);
        if (!delta.isEmpty()) {
            hosted.onTopics(delta, image);
        }
        if (!delta.deletedTopicIds().isEmpty()) {
            var gone =
                    delta.deletedTopicIds().stream()
                            .flatMap(id -> before.topicMetadata(id).stream())
                            .map(topic -> new DeletedTopic(topic.id(), topic.name()))
                            .toList();
            hosted.forgetOffsets(gone);
            hosted.forgetShares(gone);
        }
    }

    /// Fails what waits and takes no more requests. May be called on any thread.
    void stop() {
        hosted.requests().shutdown();
    }

    private void load(OffsetsPartition partition) {
        int index = partition.name().partition();
        try {
            if (epochs[index] > 0) {
                hosted.requests().onResignation(index, OptionalInt.of(++epochs[index]));
            }
            hosted.requests().onElection(index, ++epochs[index]);
        } catch (CoordinatorNotAvailableException | NotCoordinatorException stopped) {
            log.debug("{} is not loaded, the coordinator has stopped", partition.name(), stopped);
        }
    }

    private void loaded(Replay replay) {
        var partition = replay.partition();
        if (replay.summary().isCompletedExceptionally()) {
            thread.later(() -> load(partition), AFTER_FAILED_LOAD_MILLIS);
            return;
        }
        var gone = replay.topics().missingFrom(broker.catalog());
        if (!gone.isEmpty()) {
            hosted.forgetOffsets(partition.name().partition(), gone);
        }
    }

    private void writeFailed(OffsetsPartition partition) {
        int doublings = Math.min(partition.failures() - 1, DOUBLINGS_MAX);
        thread.later(() -> load(partition), AFTER_FAILED_WRITE_MILLIS << doublings);
    }
}
