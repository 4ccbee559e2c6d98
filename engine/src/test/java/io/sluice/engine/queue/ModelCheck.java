package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.queue.Order;

/// Compares a queue, and what is rebuilt of it, with its model.
final class ModelCheck {
    private ModelCheck() {}

    static void check(ModelRun run) {
        var state = run.live.state();
        long end = run.live.end();
        var view = StateView.of(state, run.priorityMax, end);
        checkAgainstModel(run, view);
        var rebuilt = run.live.rebuilt(false);
        long start = run.live.start();
        assertThat(StateView.at(rebuilt, run.priorityMax, start, end, run.now))
                .isEqualTo(StateView.at(state, run.priorityMax, start, end, run.now));
        assertThat(rebuilt.outbox().round()).isEqualTo(state.outbox().round());
        if (run.order != Order.NONE) {
            checkTurns(run, rebuilt);
        }
    }

    /// Hands out all that can be from a state that was rebuilt.
    private static void checkTurns(ModelRun run, QueueState rebuilt) {
        var model = run.model.copy();
        model.moveStart(run.live.start());
        model.forgetKeysBefore(run.live.start());
        rebuilt.due(run.now);
        model.due(run.now);
        var holder = new Holder(1);
        var round = new HandOut.Round(run.order, model);
        while (HandOut.isCandidate(rebuilt, run.live.end(), model, round.mine)) {
            long offset = rebuilt.foundFirst();
            round.next(offset);
            assertThat(rebuilt.leased(offset, holder, 0, 0)).isTrue();
            model.lease(offset, 0);
        }
    }

    private static void checkAgainstModel(ModelRun run, StateView view) {
        var model = run.model;
        long start = run.live.start();
        assertThat(StateView.from(start, view.ready()))
                .isEqualTo(
                        model.order().stream()
                                .filter(it -> it.offset >= start)
                                .map(ModelCheck::text)
                                .toList());
        assertThat(view.readyCount()).isEqualTo(view.ready().size());
        var leased = model.all(NaiveQueue.Place.LEASED);
        assertThat(view.leased())
                .isEqualTo(
                        leased.stream()
                                .map(it -> text(it) + " until " + it.deadlineMillis)
                                .toList());
        assertThat(view.nextDeadlineMillis())
                .isEqualTo(
                        leased.stream()
                                .mapToLong(it -> it.deadlineMillis)
                                .filter(deadline -> deadline > 0)
                                .min()
                                .orElse(Long.MAX_VALUE));
        var delayed = model.all(NaiveQueue.Place.DELAYED);
        assertThat(view.delayed())
                .isEqualTo(delayed.stream().map(it -> text(it) + " due " + it.dueMillis).toList());
        assertThat(view.nextDueMillis())
                .isEqualTo(
                        delayed.stream()
                                .mapToLong(it -> it.dueMillis)
                                .min()
                                .orElse(Long.MAX_VALUE));
        assertThat(view.dying())
                .isEqualTo(
                        model.dying().stream()
                                .map(
                                        it ->
                                                StateView.text(
                                                        it.offset,
                                                        it.reason,
                                                        it.deadSinceMillis,
                                                        it.returned,
                                                        history(it)))
                                .toList());
        assertThat(StateView.from(start, view.failures()))
                .isEqualTo(
                        model.failed(start).stream()
                                .map(it -> it.offset + " " + history(it))
                                .toList());
        long floor = run.live.state().floor(run.live.end());
        assertThat(floor)
                .satisfiesAnyOf(
                        it -> assertThat(it).isEqualTo(model.floor(start, run.live.end())),
                        it -> assertThat(it).isLessThan(start));
        int held = run.holders.stream().mapToInt(Holder::held).sum();
        assertThat(held).isLessThanOrEqualTo(leased.size());
    }

    private static String text(NaiveQueue.Message message) {
        return StateView.text(
                message.offset,
                message.returned,
                message.returned > 0 || message.seen,
                message.priority);
    }

    private static String history(NaiveQueue.Message message) {
        var all = message.failures;
        if (all.isEmpty()) {
            return StateView.text(FailureHistory.NONE);
        }
        // What is forgotten once does not come back.
        int kept = 0;
        for (var failed : all) {
            kept = Math.min(kept + 1, Math.max(1, failed.kept()));
        }
        return StateView.text(
                new FailureHistory(
                        all.size(),
                        all.getFirst().atMillis(),
                        all.subList(all.size() - kept, all.size()).stream()
                                .map(Failed::attempt)
                                .toList(),
                        all.getLast().text()));
    }
}
