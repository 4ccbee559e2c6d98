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
    private long wholeAt;
    private long wholeBytes;

    /// A change that is durable, and who waits for it.
    private record Change(
            CatalogEntry entry,
            CatalogState before,
            CatalogState after,
            Consumer<@Nullable BrokerError> then) {}

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
            case CatalogDecision.Accepted(CatalogEntry entry) ->
                    journal(
                            entry,
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
        if (broken) {
            then.accept(FULL);
            return;
        }
        var change = new Change(entry, decided, decided.apply(entry), then);
        decided = change.after();
        append(new PendingChange(change, CatalogJournal.frame(entry)));
    }

    /// Recovery has ended: from here on the catalog is published.
    void begin() {
        serving = false;
        publish(List.of(), durable);
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
        var entries = changes.stream().map(Change::entry).filter(CatalogKeeper::opens).toList();
        if (entries.isEmpty()) {
            publish(changes, state);
            return;
        }
        serving = true;
        var left =
                new Countdown(
                        shards.all().size(),
                        () -> {
                            serving = false;
                            publish(changes, state);
                        });
        for (var other : shards.all()) {
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
            noteGone(change, gone, goneQueues);
            change.then().accept(null);
        }
        if (!gone.isEmpty() || !goneQueues.isEmpty()) {
            shards.all()
                    .forEach(other -> shard.tell(other, new DropTopic(shards, gone, goneQueues)));
        }
        rewriteWhenLarge();
    }

    /// What was there before the change and is not behind it.
    private static void noteGone(
            Change change, List<Topic> topics, List<DropTopic.GoneQueue> queues) {
        switch (change.entry()) {
            case CatalogEntry.TopicDeleted(var id) ->
                    change.before().topic(id).ifPresent(topics::add);
            case CatalogEntry.QueueDeleted(var id) -> {
                var queue = change.before().queue(id).orElseThrow();
                var topic = change.before().topic(queue.topic()).orElseThrow();
                queues.add(new DropTopic.GoneQueue(queue, topic.partitions()));
                if (change.after().topic(topic.id()).isEmpty()) {
                    topics.add(topic);
                }
            }
            case CatalogEntry.TopicCreated _,
                    CatalogEntry.TopicGrown _,
                    CatalogEntry.TopicConfigured _,
                    CatalogEntry.QueueDeclared _,
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

        PendingChange(Change change, ByteBuffer framed) {
            super(Buffer.unpooled(framed), shard.mailbox());
            this.change = change;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            pending--;
            if (failure == null) {
                durable = change.after();
                group.add(change);
            } else {
                broke(failure);
                change.then().accept(refusal(failure));
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
