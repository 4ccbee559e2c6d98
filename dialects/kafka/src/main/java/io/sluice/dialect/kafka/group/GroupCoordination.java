package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the group coordinator for whoever asks first, and keeps it in step with the catalog.
///
/// ```text
///              first request                offsets topic there (created if need be)
///   dormant ───────────────────▶ starting ─────────────────────────────────────────▶ running
///      ▲                            │ refused                                           │
///      └────────────────────────────┴──────────── offsets topic deleted ◀───────────────┘
/// ```
///
/// A broker whose clients use no groups never loads Kafka's coordinator, and none waits for it at the start.
public final class GroupCoordination implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCoordination.class);

    private final Broker broker;
    private final Clock clock;
    private final GroupSettings settings;
    private final CoordinatorThread thread;

    private final AtomicReference<@Nullable CompletableFuture<RunningCoordinator>> running =
            new AtomicReference<>();
    private final AtomicReference<@Nullable Catalog> news = new AtomicReference<>();
    private final AtomicBoolean following = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param thread stopped by its owner after [#close]
    public GroupCoordination(
            Broker broker, Clock clock, GroupSettings settings, CoordinatorThread thread) {
        this.broker = broker;
        this.clock = clock;
        this.settings = settings;
        this.thread = thread;
    }

    /// The coordinator, as soon as it takes requests. Fails with an error that clients retry when it cannot be started now.
    CompletableFuture<GroupCoordinator> coordinator() {
        return starting().thenApply(RunningCoordinator::requests);
    }

    /// Whether anybody can have groups: otherwise there is nothing to list, and no reason to create a topic.
    boolean hasGroups() {
        return broker.catalog().topic(OffsetsTopic.NAME).isPresent();
    }

    private CompletableFuture<RunningCoordinator> starting() {
        var present = running.get();
        if (present != null) {
            return present;
        }
        var mine = new CompletableFuture<RunningCoordinator>();
        var first = running.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        thread.execute(() -> start(mine));
        return mine;
    }

    private void start(CompletableFuture<RunningCoordinator> mine) {
        if (closed.get()) {
            fail(mine, new CoordinatorNotAvailableException("the broker is stopping"));
        } else {
            var topic = broker.catalog().topic(OffsetsTopic.NAME);
            topic.ifPresentOrElse(found -> run(mine, found), () -> createTopic(mine));
        }
    }

    private void createTopic(CompletableFuture<RunningCoordinator> mine) {
        broker.change(
                OffsetsTopic.creation(settings.offsetsPartitions()),
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        thread.execute(() -> start(mine));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        if (error instanceof BrokerError.TopicExists) {
                            thread.execute(() -> start(mine));
                        } else {
                            log.warn(
                                    "{} cannot be created: {}", OffsetsTopic.NAME, error.message());
                            fail(mine, KafkaErrors.exception(error));
                        }
                    }
                });
    }

    private void run(CompletableFuture<RunningCoordinator> mine, Topic topic) {
        try {
            var coordinator = new RunningCoordinator(broker, clock, settings, thread, topic);
            coordinator.start();
            mine.complete(coordinator);
            if (closed.get()) {
                coordinator.stop();
            }
        } catch (RuntimeException failed) {
            log.error("the group coordinator does not start", failed);
            fail(mine, failed);
            return;
        }
        if (following.compareAndSet(false, true)) {
            broker.onCatalog(this::onCatalog);
        }
    }

    private void fail(CompletableFuture<RunningCoordinator> mine, RuntimeException reason) {
        running.compareAndSet(mine, null);
        mine.completeExceptionally(
                new CoordinatorNotAvailableException(reason.getMessage(), reason));
    }

    /// Called on the thread that changes the catalog: only leaves the news. Several changes in a row are told as one.
    private void onCatalog(Catalog catalog) {
        if (news.getAndSet(catalog) == null) {
            thread.execute(this::tellNews);
        }
    }

    private void tellNews() {
        var catalog = news.getAndSet(null);
        var present = running.get();
        // A coordinator that is only starting reads the catalog when it runs.
        if (catalog == null || present == null || closed.get() || !runs(present)) {
            return;
        }
        var coordinator = present.join();
        if (coordinator.servesTopicOf(catalog)) {
            coordinator.onCatalog(catalog);
        } else {
            log.warn("{} is gone, and all groups with it", OffsetsTopic.NAME);
            running.compareAndSet(present, null);
            coordinator.stop();
        }
    }

    /// Takes no more requests and fails those that wait with an error that clients retry elsewhere or later.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        var present = running.get();
        if (present != null && runs(present)) {
            present.join().stop();
        }
    }

    private static boolean runs(CompletableFuture<RunningCoordinator> coordinator) {
        return coordinator.isDone() && !coordinator.isCompletedExceptionally();
    }
}
