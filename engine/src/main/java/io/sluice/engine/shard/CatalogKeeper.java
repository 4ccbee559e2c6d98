package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.engine.catalog.CatalogDecision;
import io.sluice.engine.catalog.CatalogEntry;
import io.sluice.engine.catalog.CatalogJournal;
import io.sluice.engine.catalog.CatalogState;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Owns the catalog. Changes are decided one on top of the other without waiting, journalled, and what became durable together
/// is served and published together.
///
/// ```text
///   change ─▶ decide on `decided` ─▶ journal ──durable──▶ `group` ─▶ shards open and configure ─▶ publish ─▶ reply
///                                                           ▲                                       │
///                                                           └── the next group fills meanwhile ◀────┴─▶ shards drop
/// ```
///
/// A change of nothing but what a restart forgets is not journalled: it goes into the group behind the changes decided before it.
///
/// Owned by the loop of shard 0.
final class CatalogKeeper {
    private static final BrokerError FULL =
            new BrokerError.StorageFull("no room on the disk for the catalog");
    private static final long REWRITE_BYTES_MIN = 1 << 20;
    private static final long RETRY_MILLIS = 1_000;

    private final Shard shard;
    private final ShardMap shards;
    private final PublishedCatalog published;
    private final TimerWheel.Timer retry = TimerWheel.Timer.of(this::reopen);
    private Log log;
    private CatalogState durable;
    private CatalogState decided;
    private List<Change> group = new ArrayList<>();
    /// While a group is being served, and before recovery has ended.
    private boolean serving = true;

    private boolean broken;
    private int pending;
    private @Nullable PendingChange newest;
    private long wholeAt;
    private long wholeBytes;

    /// An entry, and what it leads from and to.
    private record Step(CatalogEntry entry, CatalogState before, CatalogState after) {}

    /// Steps that are taken together, and who waits for them.
    private record Change(
            List<Step> steps, CatalogState after, Consumer<@Nullable BrokerError> then) {}

    CatalogKeeper(
            Shard shard,
            ShardMap shards,
            PublishedCatalog published,
            Log log,
            CatalogJournal.Replayed replayed) {
        this.shard = shard;
        this.shards = shards;
        this.published = published;
        this.log = log;
        this.durable = replayed.state();
        this.decided = replayed.state();
        this.wholeAt = replayed.start();
    }

    /// The newest state that is durable.
    CatalogState durable() {
        return durable;
    }

    /// All that was decided, durable or not.
    CatalogState decided() {
        return decided;
    }

    void change(CatalogChange change, Reply<Catalog> reply) {
        switch (CatalogDecision.decide(decided, change, shard.nowMillis())) {
            case CatalogDecision.Refused(BrokerError error) -> reply.refused(error);
            case CatalogDecision.Accepted(var entries) ->
                    journal(
                            entries,
                            refused -> {
                                if (refused == null) {
                                    reply.done(published.state());
                                } else {
                                    reply.refused(refused);
                                }
                            });
        }
    }

    /// Journals `entry`, which somebody has decided on [#decided].
    ///
    /// @param then told when it is durable, served and published, or why it is not
    void journal(CatalogEntry entry, Consumer<@Nullable BrokerError> then) {
        journal(List.of(entry), then);
    }

    private void journal(List<CatalogEntry> entries, Consumer<@Nullable BrokerError> then) {
        var steps = new ArrayList<Step>(entries.size());
        var journalled = new ArrayList<CatalogEntry>(entries.size());
        var state = decided;
        for (var entry : entries) {
            if (!state.isTransient(entry)) {
                journalled.add(entry);
            }
            var step = new Step(entry, state, state.apply(entry));
            steps.add(step);
            state = step.after();
        }
        if (broken && !journalled.isEmpty()) {
            then.accept(FULL);
            return;
        }
        decided = state;
        var change = new Change(steps, state, then);
        if (!journalled.isEmpty()) {
            newest = new PendingChange(change, CatalogJournal.frame(journalled));
            append(newest);
        } else if (newest == null || broken) {
            // Behind a failure all that is pending will fail, and `decided` is what is durable.
            take(change);
        } else {
            newest.behind.add(change);
        }
    }

    private void take(Change change) {
        durable = change.after();
        group.add(change);
    }

    /// Recovery has ended: from here on the catalog is published.
    void begin() {
        serving = false;
        publish(List.of(), durable);
        for (var topic : durable.abandoned()) {
            journal(new CatalogEntry.TopicDeleted(topic.id()), _ -> {});
        }
    }

    /// At the end of every turn: serves what became durable, if the group before is published.
    void turned() {
        if (!serving && !group.isEmpty()) {
            serve(group);
            group = new ArrayList<>();
        }
    }

    private void serve(List<Change> changes) {
        var state = changes.getLast().after();
        var entries =
                changes.stream()
                        .flatMap(change -> change.steps().stream())
                        .map(Step::entry)
                        .filter(CatalogKeeper::opens)
                        .toList();
        if (entries.isEmpty()) {
            publish(changes, state);
            return;
        }
        var concerned = FollowCatalog.concerned(shards, entries, state);
        if (concerned.isEmpty()) {
            publish(changes, state);
            return;
        }
        serving = true;
        var left =
                new Countdown(
                        concerned.size(),
                        () -> {
                            serving = false;
                            publish(changes, state);
                        });
        for (var other : concerned) {
            shard.tell(
                    other,
                    new FollowCatalog(
                            shards,
                            entries,
                            state,
                            () -> other.tell(shard, new TaskOperation(left::done))));
        }
    }

    private static boolean opens(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.TopicCreated _,
                    CatalogEntry.TopicGrown _,
                    CatalogEntry.TopicConfigured _,
                    CatalogEntry.QueueDeclared _,
                    CatalogEntry.QueueConfigured _,
                    CatalogEntry.Configured _ ->
                    true;
            case CatalogEntry.TopicDeleted _,
                    CatalogEntry.QueueDeleted _,
                    CatalogEntry.ExchangeDeclared _,
                    CatalogEntry.ExchangeDeleted _,
                    CatalogEntry.Bound _,
                    CatalogEntry.Unbound _,
                    CatalogEntry.Founded _,
                    CatalogEntry.ProducerIdsReserved _,
                    CatalogEntry.ShardsLaidOut _ ->
                    false;
        };
    }

    private void publish(List<Change> changes, CatalogState state) {
        if (state.founded()) {
            published.publish(state);
        }
        var gone = new ArrayList<Topic>();
        var goneQueues = new ArrayList<DropTopic.GoneQueue>();
        for (var change : changes) {
            change.steps().forEach(step -> noteGone(step, gone, goneQueues));
            change.then().accept(null);
        }
        if (!gone.isEmpty() || !goneQueues.isEmpty()) {
            shards.all()
                    .forEach(other -> shard.tell(other, new DropTopic(shards, gone, goneQueues)));
        }
        rewriteWhenLarge();
    }

    private static void noteGone(Step step, List<Topic> topics, List<DropTopic.GoneQueue> queues) {
        var before = step.before();
        switch (step.entry()) {
            case CatalogEntry.TopicDeleted(var id) -> before.topic(id).ifPresent(topics::add);
            case CatalogEntry.QueueDeleted(var id) -> {
                var queue = before.queue(id).orElseThrow();
                var topic = before.topic(queue.topic()).orElseThrow();
                queues.add(new DropTopic.GoneQueue(queue, topic.partitions()));
            }
            case CatalogEntry.TopicCreated _,
                    CatalogEntry.TopicGrown _,
                    CatalogEntry.TopicConfigured _,
                    CatalogEntry.QueueDeclared _,
                    CatalogEntry.QueueConfigured _,
                    CatalogEntry.ExchangeDeclared _,
                    CatalogEntry.ExchangeDeleted _,
                    CatalogEntry.Bound _,
                    CatalogEntry.Unbound _,
                    CatalogEntry.Configured _,
                    CatalogEntry.Founded _,
                    CatalogEntry.ProducerIdsReserved _,
                    CatalogEntry.ShardsLaidOut _ -> {}
        }
    }

    /// Writes the whole state when the changes since the last time weigh more than it.
    private void rewriteWhenLarge() {
        long changesBytes = log.next() - wholeAt - wholeBytes;
        if (broken || changesBytes < Math.max(REWRITE_BYTES_MIN, 2 * wholeBytes)) {
            return;
        }
        var framed = CatalogJournal.frame(decided);
        wholeAt = log.next();
        wholeBytes = framed.remaining();
        append(new PendingWhole(framed, wholeAt));
    }

    private void append(PendingChunk chunk) {
        pending++;
        shard.others().append(log, chunk);
    }

    private static BrokerError refusal(IOException failure) {
        return failure instanceof StorageFullException
                ? FULL
                : new BrokerError.StorageFailed(String.valueOf(failure.getMessage()));
    }

    private void broke(IOException cause) {
        decided = durable;
        broken = true;
        if (!(cause instanceof StorageFullException)) {
            shard.failed(cause);
        } else if (!retry.scheduled()) {
            shard.timers().schedule(retry, shard.monotonicMillis() + RETRY_MILLIS);
        }
    }

    private void reopen() {
        if (pending > 0) {
            shard.timers().schedule(retry, shard.monotonicMillis() + RETRY_MILLIS);
            return;
        }
        try {
            log = shard.store().open(CatalogJournal.LOG);
            broken = false;
        } catch (IOException e) {
            broke(e);
        }
    }

    private final class PendingChange extends PendingChunk {
        private final Change change;

        /// Changes decided behind it that are not journalled.
        private final List<Change> behind = new ArrayList<>();

        PendingChange(Change change, ByteBuffer framed) {
            super(Buffer.unpooled(framed), shard.mailbox());
            this.change = change;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            pending--;
            if (newest == this) {
                newest = null;
            }
            if (failure == null) {
                take(change);
                behind.forEach(CatalogKeeper.this::take);
            } else {
                broke(failure);
                change.then().accept(refusal(failure));
                behind.forEach(refused -> refused.then().accept(refusal(failure)));
            }
        }
    }

    private final class PendingWhole extends PendingChunk {
        private final long position;

        PendingWhole(ByteBuffer framed, long position) {
            super(Buffer.unpooled(framed), shard.mailbox());
            this.position = position;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            pending--;
            if (failure == null) {
                log.trim(position);
            } else {
                broke(failure);
            }
        }
    }
}
