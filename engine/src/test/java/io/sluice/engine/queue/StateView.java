package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that a queue's state says, to compare one state with another.
///
/// @param ready in the order in which they would be handed out
record StateView(
        long fresh,
        long readyCount,
        List<String> ready,
        List<String> leased,
        List<String> delayed,
        long nextDueMillis,
        long nextDeadlineMillis,
        List<String> dying,
        List<String> failures,
        long producerId,
        Map<PartitionId, Integer> sequences,
        Outbox.@Nullable Round round) {

    static StateView of(QueueState state, int priorityMax, long end) {
        var leased = new TreeMap<Long, String>();
        state.leases()
                .forEach(
                        (offset, _, deadline, note, _) ->
                                leased.put(offset, text(offset, note) + " until " + deadline));
        var delayed = new TreeMap<Long, String>();
        state.delayedOnes()
                .forEach(
                        (due, offset, note) ->
                                delayed.put(offset, text(offset, note) + " due " + due));
        assertThat(delayed).as("nothing is delayed twice").hasSize((int) state.delayedCount());
        var outbox = state.outbox();
        return new StateView(
                state.fresh(),
                state.ready(end),
                order(copy(state, priorityMax, end), end),
                List.copyOf(leased.values()),
                List.copyOf(delayed.values()),
                state.nextDueMillis(),
                state.nextDeadlineMillis(),
                state.dying().stream().map(StateView::text).toList(),
                failures(state),
                outbox.producerId(),
                Map.copyOf(outbox.nextSequences()),
                outbox.round());
    }

    /// As it would be at `nowMillis`, without what lies before `start`: that is gone whoever speaks of it.
    static StateView at(QueueState state, int priorityMax, long start, long end, long nowMillis) {
        var copy = copy(state, priorityMax, end);
        copy.due(nowMillis);
        var all = of(copy, priorityMax, end);
        return new StateView(
                all.fresh,
                -1,
                from(start, all.ready),
                all.leased,
                from(start, all.delayed),
                -1,
                all.nextDeadlineMillis,
                all.dying,
                from(start, all.failures),
                all.producerId,
                all.sequences,
                all.round);
    }

    static List<String> from(long start, List<String> texts) {
        return texts.stream()
                .filter(text -> Long.parseLong(text.substring(0, text.indexOf(' '))) >= start)
                .toList();
    }

    private static QueueState copy(QueueState state, int priorityMax, long end) {
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, end, bytes);
        // Keys are not in it: what is ready then comes in the order of the log.
        boolean lists = priorityMax == 0 && state.hasPriorities();
        var read = QueueSnapshot.read(bytes.flip(), priorityMax, lists);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.examined()).isEqualTo(end);
        return read.state();
    }

    /// Takes everything out that is ready.
    private static List<String> order(QueueState state, long end) {
        var order = new ArrayList<String>();
        while (true) {
            for (long hole = state.holeInFront(); hole >= 0; hole = state.holeInFront()) {
                state.passed(hole);
            }
            if (!state.find(end)) {
                assertThat(state.ready(end)).isZero();
                return order;
            }
            int note = state.readyOnes().foundNote();
            for (long offset = state.foundFirst(); offset <= state.foundLast(); offset++) {
                order.add(text(offset, note));
            }
            if (state.foundLast() > state.foundFirst()) {
                state.goneTo(state.foundLast() + 1);
            } else {
                assertThat(state.gone(state.foundFirst())).isTrue();
            }
        }
    }

    private static List<String> failures(QueueState state) {
        var failures = new TreeMap<Long, String>();
        state.failures().forEach((offset, history) -> failures.put(offset, text(history)));
        assertThat(failures).hasSize(state.failures().size());
        return failures.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList();
    }

    static String text(FailureHistory history) {
        return history.attempts()
                + " since "
                + history.firstMillis()
                + " "
                + history.latest()
                + history.text();
    }

    static String text(Dying dying) {
        return text(
                dying.offset(),
                dying.reason(),
                dying.sinceMillis(),
                Note.returned(dying.note()),
                text(dying.history()));
    }

    static String text(long offset, Reason reason, long sinceMillis, int returned, String history) {
        return offset
                + " "
                + reason
                + " since "
                + sinceMillis
                + " returned "
                + returned
                + " failed "
                + history;
    }

    static String text(long offset, int note) {
        return text(offset, Note.returned(note), Note.wasOut(note), Note.priority(note));
    }

    static String text(long offset, int returned, boolean wasOut, int priority) {
        return offset
                + " returned "
                + returned
                + (wasOut ? " was out" : "")
                + " priority "
                + priority;
    }
}
