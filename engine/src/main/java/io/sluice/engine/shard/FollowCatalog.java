package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Policy;
import io.sluice.broker.queue.Queue;
import io.sluice.engine.catalog.CatalogEntry;
import io.sluice.engine.catalog.CatalogState;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.TopicSettings;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Opens and configures a shard's partitions as the catalog says now, before the world hears of it.
///
/// @param entries what has changed
/// @param state the catalog behind them
/// @param done told on the shard's thread
record FollowCatalog(ShardMap shards, List<CatalogEntry> entries, CatalogState state, Runnable done)
        implements Command {
    /// The shards that have something to do. Each of the others would cost a wake-up that everybody waits for.
    static Collection<Shard> concerned(
            ShardMap shards, List<CatalogEntry> entries, CatalogState state) {
        var concerned = new LinkedHashSet<Shard>();
        for (var entry : entries) {
            switch (entry) {
                case CatalogEntry.TopicCreated created ->
                        addOwners(shards, state, created.id(), concerned);
                case CatalogEntry.TopicGrown(UUID id, int _) ->
                        addOwners(shards, state, id, concerned);
                case CatalogEntry.TopicConfigured(UUID id, var _) ->
                        addOwners(shards, state, id, concerned);
                case CatalogEntry.QueueDeclared(Queue queue) ->
                        addOwners(shards, state, queue.topic(), concerned);
                case CatalogEntry.QueueConfigured(UUID id, var _) ->
                        state.queue(id)
                                .ifPresent(
                                        queue ->
                                                addOwners(shards, state, queue.topic(), concerned));
                case CatalogEntry.Configured(String kind, String _, var _) -> {
                    if (isOfQueues(kind)) {
                        concerned.addAll(shards.all());
                    }
                }
                case CatalogEntry.TopicDeleted _,
                        CatalogEntry.QueueDeleted _,
                        CatalogEntry.ExchangeDeclared _,
                        CatalogEntry.ExchangeDeleted _,
                        CatalogEntry.Bound _,
                        CatalogEntry.Unbound _,
                        CatalogEntry.Founded _,
                        CatalogEntry.ProducerIdsReserved _,
                        CatalogEntry.ShardsLaidOut _ -> {}
            }
        }
        return concerned;
    }

    /// Whether settings of that kind are queues': policies, and those of groups that share a topic.
    private static boolean isOfQueues(String kind) {
        return kind.equals(Policy.KIND) || kind.equals(Catalog.GROUP_KIND);
    }

    private static void addOwners(
            ShardMap shards, CatalogState state, UUID topicId, Set<Shard> owners) {
        state.topic(topicId)
                .ifPresent(
                        topic -> {
                            for (int index = 0;
                                    index < topic.partitions()
                                            && owners.size() < shards.all().size();
                                    index++) {
                                owners.add(shards.owner(topic.partition(index)));
                            }
                        });
    }

    @Override
    public void run(Shard shard) {
        for (var entry : entries) {
            switch (entry) {
                case CatalogEntry.TopicCreated created -> follow(shard, created.id());
                case CatalogEntry.TopicGrown(UUID id, int _) -> follow(shard, id);
                case CatalogEntry.TopicConfigured(UUID id, var _) -> {
                    follow(shard, id);
                    shard.queues().configureOn(state, id);
                }
                case CatalogEntry.QueueDeclared(Queue queue) -> {
                    follow(shard, queue.topic());
                    QueueOpening.openMissing(shard, shards, state, queue, Map.of());
                }
                case CatalogEntry.Configured(String kind, String _, var _) -> {
                    if (isOfQueues(kind)) {
                        shard.queues().configure(state);
                    }
                }
                case CatalogEntry.QueueConfigured(UUID id, var _) ->
                        shard.queues().configure(state, id);
                case CatalogEntry.TopicDeleted _,
                        CatalogEntry.QueueDeleted _,
                        CatalogEntry.ExchangeDeclared _,
                        CatalogEntry.ExchangeDeleted _,
                        CatalogEntry.Bound _,
                        CatalogEntry.Unbound _,
                        CatalogEntry.Founded _,
                        CatalogEntry.ProducerIdsReserved _,
                        CatalogEntry.ShardsLaidOut _ -> {}
            }
        }
        done.run();
    }

    /// Only when the shard has ended: then nobody waits for the catalog any more.
    @Override
    public void refuse(BrokerError error) {}

    private void follow(Shard shard, UUID topicId) {
        var found = state.topic(topicId);
        if (found.isEmpty()) {
            return;
        }
        var topic = found.get();
        var settings = TopicSettings.of(topic.config());
        for (int index = 0; index < topic.partitions(); index++) {
            var id = topic.partition(index);
            if (shards.index(id) == shard.index()) {
                follow(shard, id, settings);
            }
        }
        for (var queue : state.queuesOf(topicId)) {
            // A topic that has grown: its queues have more parts.
            QueueOpening.openMissing(shard, shards, state, queue, Map.of());
        }
    }

    private static void follow(Shard shard, PartitionId id, TopicSettings settings) {
        var hosted = shard.partition(id);
        if (hosted != null) {
            hosted.configure(settings);
            return;
        }
        try {
            PartitionOpening.host(shard, id, settings, PartitionCheckpoint.empty());
        } catch (IOException e) {
            shard.reopening().unopened(id, settings, e);
        }
    }
}
