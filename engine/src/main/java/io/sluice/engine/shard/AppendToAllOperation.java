package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.partition.BatchReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A batch for several partitions, at one of the shards that own them. Where it pays, the records go into the body log once, and each partition that keeps records only
/// until they are consumed gets a reference; all in one turn, records first, so that one force covers all and no reference is ever without its records.
///
/// @param whole the batch, which nobody changes
/// @param places of this shard's partitions in the list of all
record AppendToAllOperation(
        AppendToAll append, ByteBuffer whole, List<Integer> places, Outcomes outcomes)
        implements Command {
    /// With less, a reference (81 bytes, and a chunk of its own for the records) saves nothing.
    private static final int SHARED_BYTES_MIN = 200;

    /// Splits an append by shards.
    ///
    /// @param whole the batch, in memory of the garbage collector's
    static void begin(
            ShardedBroker broker,
            ShardMap shards,
            AppendToAll append,
            ByteBuffer whole,
            Outcomes outcomes) {
        var partitions = append.partitions();
        IntStream.range(0, partitions.size())
                .boxed()
                .collect(Collectors.groupingBy(place -> shards.index(partitions.get(place))))
                .forEach(
                        (index, places) ->
                                broker.put(
                                        shards.at(index),
                                        new AppendToAllOperation(append, whole, places, outcomes)));
    }

    @Override
    public void run(Shard shard) {
        var shared = sharing(shard) ? new SharedBody(shard, whole, isForced(shard)) : null;
        for (int place : places) {
            var id = append.partitions().get(place);
            var reply = outcomes.at(place);
            if (shared != null && takesReferences(shard, id)) {
                new AppendOperation(
                                to(id, BatchReference.of(whole)), reply, shard.mailbox(), shared)
                        .run(shard);
            } else {
                new AppendOperation(to(id, copy()), reply, shard.mailbox(), null).run(shard);
            }
        }
    }

    @Override
    public void refuse(BrokerError error) {
        places.forEach(place -> outcomes.at(place).refused(error));
    }

    private boolean sharing(Shard shard) {
        return whole.remaining() - RecordBatch.HEADER_BYTES >= SHARED_BYTES_MIN
                && places.stream()
                                .filter(
                                        place ->
                                                takesReferences(
                                                        shard, append.partitions().get(place)))
                                .count()
                        > 1
                && shard.bodies().isOpen();
    }

    private static boolean takesReferences(Shard shard, PartitionId id) {
        var hosted = shard.partition(id);
        return hosted != null && hosted.settings().keepsUntilConsumed();
    }

    private boolean isForced(Shard shard) {
        return !append.lax()
                && places.stream()
                        .map(place -> shard.partition(append.partitions().get(place)))
                        .anyMatch(
                                hosted ->
                                        hosted != null && hosted.forced(shard.settings().forced()));
    }

    private Append to(PartitionId id, ByteBuffer stored) {
        return new Append(
                id, Buffer.unpooled(stored), Append.ANYWHERE, append.lax(), append.delayed());
    }

    private ByteBuffer copy() {
        return ByteBuffer.allocate(whole.remaining()).put(whole.duplicate()).flip();
    }
}
