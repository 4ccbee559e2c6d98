package io.sluice.engine.queue;

import io.sluice.broker.PartitionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How dead letters get to where they go without being lost or doubled: the queue is an idempotent producer at every target, and what it is
/// about to append there, under which sequence numbers, is journalled before. After a crash the same is sent again, and the target knows it.
///
/// One round at a time. Owned by its queue's state.
public final class Outbox {
    /// No producer id was got yet.
    public static final long NO_PRODUCER = -1;

    private long producerId = NO_PRODUCER;
    private final Map<PartitionId, Integer> nextSequences = new HashMap<>();
    private @Nullable Round round;

    /// The first `count` dying messages are being moved.
    public record Round(int count, List<Target> targets) {
        public Round {
            targets = List.copyOf(targets);
        }
    }

    /// What one partition gets of a round.
    ///
    /// @param sequence of the first record
    /// @param members which of the round's messages, ascending: 0 is the first dying one
    public record Target(PartitionId partition, int sequence, List<Integer> members) {
        public Target {
            members = List.copyOf(members);
        }
    }

    /// [#NO_PRODUCER] before it was set.
    public long producerId() {
        return producerId;
    }

    /// The sequence number that the next record for that partition gets.
    public int nextSequence(PartitionId partition) {
        return nextSequences.getOrDefault(partition, 0);
    }

    Map<PartitionId, Integer> nextSequences() {
        return nextSequences;
    }

    /// The round that is under way; null when there is none.
    public @Nullable Round round() {
        return round;
    }

    // ---- facts

    public void producer(long id) {
        producerId = id;
    }

    public void begun(Round next) {
        assert round == null : "one round at a time";
        round = next;
        for (var target : next.targets()) {
            sequence(
                    target.partition(),
                    (target.sequence() + target.members().size()) & Integer.MAX_VALUE);
        }
    }

    void sequence(PartitionId partition, int next) {
        nextSequences.put(partition, next);
    }

    /// As a snapshot has it, whose sequences are those behind the round.
    void restore(Round underWay) {
        round = underWay;
    }

    void ended() {
        round = null;
    }
}
