package io.sluice.engine.queue;

import io.sluice.broker.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    private final List<Held> held = new ArrayList<>();
    private int heldLetters;

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

    /// What one partition was to get of a round that has ended for all others: it refuses for now.
    public record Held(PartitionId partition, int sequence, List<Dying> letters) {
        public Held {
            letters = List.copyOf(letters);
        }
    }

    /// What waits for its target, the oldest first.
    public List<Held> held() {
        return Collections.unmodifiableList(held);
    }

    /// What waits longest for that target; null when nothing does.
    public @Nullable Held firstHeld(PartitionId partition) {
        for (var one : held) {
            if (one.partition().equals(partition)) {
                return one;
            }
        }
        return null;
    }

    /// How many letters wait for their targets.
    public int heldLetters() {
        return heldLetters;
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

    /// The queue is another producer from now on: sequences begin anew everywhere, and a round that was under way under the former one is none.
    public void producer(long id) {
        producerId = id;
        nextSequences.clear();
        round = null;
        held.replaceAll(
                one ->
                        new Held(
                                one.partition(),
                                numbered(one.partition(), one.letters().size()),
                                one.letters()));
    }

    private int numbered(PartitionId partition, int records) {
        int first = nextSequence(partition);
        sequence(partition, (first + records) & Integer.MAX_VALUE);
        return first;
    }

    /// The round goes on without that partition, which gets its part when it takes it.
    ///
    /// @param dying in their order, of which the round is about the first
    void hold(PartitionId partition, List<Dying> dying) {
        if (round == null) {
            return;
        }
        var others = new ArrayList<Target>();
        for (var target : round.targets()) {
            if (!target.partition().equals(partition)) {
                others.add(target);
            } else if (target.members().getLast() < dying.size()) {
                restoreHeld(
                        new Held(
                                partition,
                                target.sequence(),
                                target.members().stream().map(dying::get).toList()));
            }
        }
        round = new Round(round.count(), others);
    }

    void restoreHeld(Held one) {
        held.add(one);
        heldLetters += one.letters().size();
    }

    /// The partition has what waited longest for it.
    void taken(PartitionId partition) {
        var first = firstHeld(partition);
        if (first != null) {
            held.remove(first);
            heldLetters -= first.letters().size();
        }
    }

    /// Each letter that is held becomes another one.
    void changeHeld(UnaryOperator<Dying> change) {
        held.replaceAll(
                one ->
                        new Held(
                                one.partition(),
                                one.sequence(),
                                one.letters().stream().map(change).toList()));
    }

    /// Nothing waits for its target any more.
    List<Held> takeHeld() {
        var all = List.copyOf(held);
        held.clear();
        heldLetters = 0;
        return all;
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
