package io.sluice.broker;

import io.sluice.base.Buffer;
import java.util.List;

/// One record batch for several partitions, each of which takes it or not: what [Append] is for one of them, at whatever offset is next. Where several of
/// the partitions are stored together and keep records only until they are consumed, the records are stored once. Its records come from several publishes,
/// as with [Append#apart].
///
/// @param lax the producer does without its being forced, whatever the topics say
/// @param delayed some of its records have a [io.sluice.broker.message.Envelope#notBeforeMillis]
public record AppendToAll(
        List<PartitionId> partitions, Buffer batch, boolean lax, boolean delayed) {
    public AppendToAll {
        partitions = List.copyOf(partitions);
    }

    /// What became of it in one partition.
    public sealed interface Outcome {
        record Done(Append.Appended appended) implements Outcome {}

        record Refused(BrokerError error) implements Outcome {}
    }
}
