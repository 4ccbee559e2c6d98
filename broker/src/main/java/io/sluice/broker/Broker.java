package io.sluice.broker;

import io.sluice.broker.Append.Appended;
import io.sluice.broker.queue.Queues;
import java.util.List;
import java.util.function.Consumer;

/// What every dialect talks to. All methods may be called on any thread and return at once; replies come later, on the
/// owning shard's thread.
public interface Broker {
    /// What exists now.
    Catalog catalog();

    /// Calls `listener` with the present catalog and then with every later one, in order, on the thread that changes the catalog;
    /// it must not block.
    void onCatalog(Consumer<Catalog> listener);

    /// Changes what exists. Done when the change is durable, published in [#catalog] and served by the shards.
    void change(CatalogChange change, Reply<Catalog> reply);

    /// Appends a batch. Appends to one partition are decided in the order of the calls; the reply comes when the batch is
    /// as durable as the topic demands.
    void append(Append append, Reply<Appended> reply);

    /// Appends a batch to several partitions, to each as [#append] does. The reply comes when all of them have answered, with one outcome per
    /// partition, in their order; it is never refused as a whole.
    void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply);

    /// Reads, waiting if asked to. The reply has one answer per want and is never refused as a whole unless the broker stops.
    ///
    /// @return ends the wait early: the reply then comes at once with what is there
    Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply);

    void offset(PartitionId partition, OffsetQuery query, Reply<OffsetQuery.Answer> reply);

    /// Deletes all records before `offset`, or all durable ones for -1. The reply is the new start offset.
    void deleteRecords(PartitionId partition, long offset, Reply<Long> reply);

    void status(PartitionId partition, Reply<PartitionStatus> reply);

    /// A producer id that was never given before.
    void nextProducerId(Reply<Long> reply);

    /// Runs `task` on the thread that owns the partition, behind everything asked of it before. For state machines that a
    /// dialect hosts beside a partition, such as a group coordinator beside its offsets topic.
    ///
    /// @return false when the partition's owner is stopping and will not run it
    boolean execute(PartitionId partition, Runnable task);

    /// The queues over the topics.
    Queues queues();
}
