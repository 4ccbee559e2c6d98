package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.engine.catalog.CatalogEntry;
import io.sluice.engine.catalog.CatalogJournal;
import io.sluice.engine.catalog.CatalogState;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.LogStore;
import io.sluice.engine.partition.LogNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The start of everything, on shard 0: the catalog is replayed, all shards recover side by side, then the catalog is published.
///
/// ```text
///   catalog ─▶ Recovery on every shard ─▶ (another number of shards: note it, delete the old state logs) ─▶ publish
/// ```
final class StartOperation implements Command {
    private static final Logger log = LoggerFactory.getLogger(StartOperation.class);

    private final ShardMap shards;
    private final PublishedCatalog published;
    private final RandomGenerator random;
    private final Consumer<CatalogKeeper> opened;
    private final Consumer<@Nullable IOException> done;
    private final Set<String> bodyLogs = ConcurrentHashMap.newKeySet();
    private @Nullable IOException failure;

    /// @param opened told of the catalog's keeper as soon as there is one
    /// @param done told at the end: null, or what prevents the start
    StartOperation(
            ShardMap shards,
            PublishedCatalog published,
            RandomGenerator random,
            Consumer<CatalogKeeper> opened,
            Consumer<@Nullable IOException> done) {
        this.shards = shards;
        this.published = published;
        this.random = random;
        this.opened = opened;
        this.done = done;
    }

    @Override
    public void run(Shard shard) {
        try {
            start(shard);
        } catch (IOException e) {
            done.accept(e);
        }
    }

    @Override
    public void refuse(BrokerError error) {
        done.accept(new IOException(error.message()));
    }

    private void start(Shard shard) throws IOException {
        var catalog = shard.store().open(CatalogJournal.LOG);
        var replayed = CatalogJournal.replay(catalog);
        var state = replayed.state();
        if (!state.founded()
                && shard.store().names().stream().anyMatch(name -> name.startsWith("p."))) {
            throw new IOException("there are records, but the catalog is empty: it was lost");
        }
        var keeper = new CatalogKeeper(shard, shards, published, catalog, replayed);
        shard.afterTurn(keeper::turned);
        opened.accept(keeper);
        if (!state.founded()) {
            var clusterId = new UUID(random.nextLong(), random.nextLong());
            keeper.journal(new CatalogEntry.Founded(clusterId), this::noteFailure);
        }
        recoverAll(shard, keeper, state);
    }

    private void recoverAll(Shard shard, CatalogKeeper keeper, CatalogState state)
            throws IOException {
        int count = shards.all().size();
        var older =
                state.shards() == count
                        ? List.<Log>of()
                        : older(shard.store(), state.shards(), count);
        var left = new Countdown(count, () -> recovered(shard, keeper, older));
        for (var other : shards.all()) {
            Consumer<@Nullable IOException> answer =
                    failed ->
                            other.tell(
                                    shard,
                                    new TaskOperation(
                                            () -> {
                                                failure = failed == null ? failure : failed;
                                                left.done();
                                            }));
            shard.tell(other, new Recovery(shards, state, older, bodyLogs, answer));
        }
    }

    /// The state logs of the former number of shards. What an earlier attempt to leave them has written goes.
    private static List<Log> older(LogStore store, int before, int now) throws IOException {
        var found = new ArrayList<Log>();
        var former = StateLog.prefix(before);
        var next = StateLog.prefix(now);
        for (var name : store.names()) {
            if (name.startsWith(next)) {
                store.delete(name);
            } else if (name.startsWith(former)) {
                found.add(store.open(name));
            }
        }
        return found;
    }

    private void recovered(Shard shard, CatalogKeeper keeper, List<Log> older) {
        if (failure != null) {
            done.accept(failure);
            return;
        }
        keeper.begin();
        int count = shards.all().size();
        if (keeper.decided().shards() == count) {
            ended(shard, keeper);
            return;
        }
        keeper.journal(
                new CatalogEntry.ShardsLaidOut(count),
                refused -> {
                    noteFailure(refused);
                    if (refused == null) {
                        var superfluous = new ArrayDeque<String>();
                        older.forEach(log -> superfluous.add(log.name()));
                        shard.background().add(_ -> DropTopic.delete(shard, superfluous));
                    }
                    ended(shard, keeper);
                });
    }

    private void noteFailure(@Nullable BrokerError refused) {
        if (refused != null) {
            failure = new IOException(refused.message());
        }
    }

    private void ended(Shard shard, CatalogKeeper keeper) {
        if (failure == null) {
            deleteFormerBodies(shard);
            var orphans = orphans(shard.store(), keeper.durable());
            if (!orphans.isEmpty()) {
                log.info("{} logs of deleted topics are left over and deleted now", orphans.size());
                shard.background().add(_ -> DropTopic.delete(shard, orphans));
            }
        }
        done.accept(failure);
    }

    /// Body logs of another number of shards that no partition refers to any more.
    private void deleteFormerBodies(Shard shard) {
        var present = BodyLog.prefix(shards.all().size());
        var superfluous = new ArrayDeque<String>();
        for (var name : shard.store().names()) {
            if (name.startsWith(BodyLog.PREFIX)
                    && !name.startsWith(present)
                    && !bodyLogs.contains(name)) {
                superfluous.add(name);
            }
        }
        if (!superfluous.isEmpty()) {
            shard.background().add(_ -> DropTopic.delete(shard, superfluous));
        }
    }

    /// Logs of partitions that the catalog does not know.
    private static ArrayDeque<String> orphans(LogStore store, CatalogState state) {
        var known = new HashSet<String>();
        for (var topic : state.topics()) {
            for (int index = 0; index < topic.partitions(); index++) {
                known.add(LogNames.tail(new PartitionId(topic.id(), index)).substring(1));
            }
        }
        var orphans = new ArrayDeque<String>();
        for (var name : store.names()) {
            boolean tail = name.startsWith("p.") && !known.contains(name.substring(1));
            boolean clean =
                    name.startsWith("c.")
                            && !known.contains(name.substring(1, name.lastIndexOf('.')));
            if (tail || clean) {
                orphans.add(name);
            }
        }
        return orphans;
    }
}
