package io.sluice.engine.queue;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The messages of a queue that have died and have not arrived everywhere: those in line, and those that wait in the [Outbox] for targets that refuse. Owned by its
/// queue's state.
final class DyingMessages {
    private final ArrayDeque<Dying> line = new ArrayDeque<>(0);
    private final Outbox outbox = new Outbox();

    Outbox outbox() {
        return outbox;
    }

    /// In the order of their deaths.
    Collection<Dying> line() {
        return Collections.unmodifiableCollection(line);
    }

    /// Some maybe counted for each target that refuses them.
    int count() {
        return line.size() + outbox.heldLetters();
    }

    /// All: some maybe once for each target that refuses them.
    void forEach(Consumer<Dying> action) {
        line.forEach(action);
        outbox.held().forEach(held -> held.letters().forEach(action));
    }

    /// How many are on their way because they are moved.
    int redriving() {
        int[] count = {0};
        forEach(one -> count[0] += one.reason() == Reason.REDRIVEN ? 1 : 0);
        return count[0];
    }

    /// `Long.MAX_VALUE` when there is none.
    long smallestOffset() {
        long[] smallest = {Long.MAX_VALUE};
        forEach(one -> smallest[0] = Math.min(smallest[0], one.offset()));
        return smallest[0];
    }

    // ---- facts

    void add(Dying one) {
        line.add(one);
    }

    /// The first `count` in line have arrived where they go.
    void buried(int count) {
        for (int left = Math.min(count, line.size()); left > 0; left--) {
            line.remove();
        }
        outbox.ended();
    }

    /// What that target was to get of the round under way waits by itself from now on.
    void held(PartitionId target) {
        outbox.hold(target, List.copyOf(line));
    }

    /// Whoever waits for a target is in line again, and there is no producer: of nobody it is known where he has arrived.
    void begunAnew() {
        outbox.takeHeld().forEach(held -> line.addAll(held.letters()));
        outbox.producer(Outbox.NO_PRODUCER);
    }

    /// As a snapshot has them, which reads those who are dying before.
    void restoreHistories(Map<Long, FailureHistory> histories) {
        UnaryOperator<Dying> known =
                one ->
                        new Dying(
                                one.offset(),
                                one.reason(),
                                one.sinceMillis(),
                                one.note(),
                                histories.getOrDefault(one.offset(), one.history()));
        var all = line.stream().map(known).toList();
        line.clear();
        line.addAll(all);
        outbox.changeHeld(known);
    }
}
