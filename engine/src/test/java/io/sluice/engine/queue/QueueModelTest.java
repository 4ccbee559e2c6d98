package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.queue.Order;
import io.sluice.engine.queue.QueueState.Return;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/// Random commands against a queue's state and against a list of messages; after every one both say the same, and so does the state that is
/// rebuilt from the journal.
class QueueModelTest {
    private static final int STEPS = 400;
    private static final List<PartitionId> TARGETS =
            List.of(
                    new PartitionId(new UUID(1, 1), 0),
                    new PartitionId(new UUID(2, 2), 0),
                    new PartitionId(new UUID(-3, 3), 7));

    /// A queue and its model.
    private static final class Run {
        final Rng rng;
        final int priorityMax;
        final Order order;
        final LiveQueue live;
        final List<Holder> holders = new ArrayList<>();
        final int keys;
        NaiveQueue model;

        /// The model as it was when the journal was written last, and where the log ended then.
        NaiveQueue written;

        long writtenEnd;
        long now = 1_000;
        final List<LiveQueue.Stored> log = new ArrayList<>();

        Run(Rng rng, int priorityMax, Order order) {
            this.rng = rng;
            this.priorityMax = priorityMax;
            this.order = order;
            this.live = new LiveQueue(priorityMax, order);
            this.model = new NaiveQueue(priorityMax, order);
            this.written = model.copy();
            this.keys = 1 + rng.below(6);
            newHolders();
        }

        void newHolders() {
            holders.clear();
            for (int owner = 1; owner <= 3; owner++) {
                holders.add(new Holder(owner));
            }
        }
    }

    @RepeatedTest(20)
    void aQueueWithoutPrioritiesBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::withoutPriorities);
    }

    @RepeatedTest(20)
    void aQueueWithPrioritiesBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::withPriorities);
    }

    @RepeatedTest(20)
    void aQueueThatIsOrderedByKeyBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::orderedByKey);
    }

    @RepeatedTest(20)
    void aQueueWhoseKeysTakeTurnsBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::inTurn);
    }

    static void withoutPriorities(Rng rng) {
        run(new Run(rng, 0, Order.NONE));
    }

    static void withPriorities(Rng rng) {
        run(new Run(rng, rng.chance(20) ? 255 : 1 + rng.below(5), Order.NONE));
    }

    static void orderedByKey(Rng rng) {
        run(new Run(rng, 0, Order.KEY));
    }

    static void inTurn(Rng rng) {
        run(new Run(rng, 0, Order.FAIR));
    }

    private static void run(Run run) {
        int weight = run.rng.below(12);
        for (int i = 0; i < STEPS; i++) {
            step(run, weight);
            check(run);
        }
    }

    /// @param weight how much is published, so that some queues are nearly always empty and others not
    private static void step(Run run, int weight) {
        var rng = run.rng;
        int what = rng.below(100 + weight);
        run.now += rng.below(10);
        if (what < 14) {
            hand(run);
        } else if (what < 26) {
            settle(run);
        } else if (what < 38) {
            giveBack(run);
        } else if (what < 46) {
            becomeDue(run);
        } else if (what < 52) {
            endLeases(run);
        } else if (what < 56) {
            extend(run);
        } else if (what < 58) {
            showReceipt(run);
        } else if (what < 62) {
            dieLeased(run);
        } else if (what < 68) {
            dieReady(run);
        } else if (what < 73) {
            moveDeadLetters(run);
        } else if (what < 75) {
            purge(run);
        } else if (what < 77) {
            moveStart(run);
        } else if (what < 80) {
            snapshot(run);
        } else if (what < 86) {
            write(run);
        } else if (what < 89) {
            crash(run);
        } else {
            publish(run);
        }
    }

    // ---- commands

    private static void publish(Run run) {
        var rng = run.rng;
        long from = run.live.end();
        long end = from;
        var batch = new ArrayList<LiveQueue.Stored>();
        boolean delayed = rng.chance(40);
        for (int left = 1 + rng.below(6); left > 0; left--) {
            end += rng.chance(10) ? 1 + rng.below(3) : 0;
            long due = delayed && rng.chance(50) ? run.now - 5 + rng.below(60) : 0;
            int key = rng.below(run.keys);
            batch.add(new LiveQueue.Stored(end++, rng.below(run.priorityMax + 2), key, due));
        }
        end += rng.chance(10) ? 1 + rng.below(3) : 0;
        run.live.append(batch, end);
        run.model.append(batch, from, end);
        run.log.addAll(batch);
    }

    /// Finds the first message, and compares what was found.
    private static boolean findFirst(Run run) {
        if (run.order != Order.NONE) {
            return isCandidate(run.live.state(), run.live.end(), run.model, Set.of());
        }
        boolean found = run.live.findFirst();
        var expected = run.model.first();
        assertThat(found).isEqualTo(expected != null);
        if (expected != null) {
            var state = run.live.state();
            assertThat(state.foundFirst()).isEqualTo(expected.offset);
            assertThat(state.foundReturned()).isEqualTo(expected.returned);
        }
        return found;
    }

    /// Whether there is something to hand out: then it is what keys let go first, and otherwise they let nothing go.
    private static boolean isCandidate(
            QueueState state, long end, NaiveQueue model, Set<Long> mine) {
        boolean found = state.find(end);
        var candidates = model.candidates(mine);
        assertThat(found).isEqualTo(!candidates.isEmpty());
        if (found) {
            assertThat(state.foundLast()).isEqualTo(state.foundFirst());
            assertThat(candidates)
                    .as(
                            "all of the key of %s: %s",
                            state.foundFirst(), model.ofKey(state.foundFirst()))
                    .extracting(candidate -> candidate.offset)
                    .contains(state.foundFirst());
            assertThat(state.foundReturned()).isEqualTo(model.at(state.foundFirst()).returned);
        }
        return found;
    }

    /// One hand-out: of one key after the other where they are ordered, else of each key in turn.
    private static void receive(Run run) {
        var rng = run.rng;
        long deadline = rng.chance(80) ? run.now + rng.below(50) : 0;
        boolean settled = run.order == Order.FAIR && rng.chance(10);
        var holder = run.holders.get(rng.below(run.holders.size()));
        var state = run.live.state();
        var round = new Round(run.order, run.model);
        for (int left = 1 + rng.below(10);
                left > 0 && isCandidate(state, run.live.end(), run.model, round.mine);
                left--) {
            long offset = state.foundFirst();
            round.next(offset);
            if (!run.model.at(offset).exists) {
                // It was leased when the partition's start moved past it, and came back.
                run.live.goneHere(offset);
                run.model.gone(offset);
                continue;
            }
            assertThat(run.live.hand(holder, deadline, settled, 3)).containsExactly(offset);
            run.model.lease(offset, deadline);
            if (settled) {
                run.model.gone(offset);
            }
        }
        state.round();
    }

    /// What one hand-out has given.
    private static final class Round {
        final Order order;
        final NaiveQueue model;
        final Set<Long> mine = new HashSet<>();
        final HashMap<Long, Integer> perKey = new HashMap<>();
        long lastKey = -1;

        Round(Order order, NaiveQueue model) {
            this.order = order;
            this.model = model;
        }

        void next(long offset) {
            long key = model.at(offset).key;
            var keys = model.candidates(mine).stream().map(one -> one.key).toList();
            if (order == Order.KEY) {
                assertThat(key == lastKey || !keys.contains(lastKey))
                        .as("all of a key come together")
                        .isTrue();
            } else {
                int had = perKey.getOrDefault(key, 0);
                assertThat(keys)
                        .as("no key has more turns than another that has something")
                        .allMatch(other -> perKey.getOrDefault(other, 0) >= had);
            }
            perKey.merge(key, 1, Integer::sum);
            lastKey = key;
            mine.add(offset);
        }
    }

    /// Somebody who was handed a message before a crash that has lost it.
    private static void showReceipt(Run run) {
        long offset = run.rng.between(run.live.start(), run.live.end());
        var message = run.model.find(offset);
        boolean ready = message != null && message.place == NaiveQueue.Place.READY;
        assertThat(run.live.isReady(offset)).isEqualTo(ready);
        if (message == null || !ready || !message.exists || run.order == Order.KEY) {
            return;
        }
        if (run.rng.chance(50)) {
            run.live.goneAt(offset);
            run.model.gone(offset);
        } else {
            long deadline = run.now + 1 + run.rng.below(50);
            run.live.leaseAt(offset, run.holders.getFirst(), deadline);
            message.place = NaiveQueue.Place.LEASED;
            message.deadlineMillis = deadline;
        }
    }

    private static void hand(Run run) {
        if (run.order != Order.NONE) {
            receive(run);
            return;
        }
        if (!findFirst(run)) {
            return;
        }
        var rng = run.rng;
        boolean settled = rng.chance(15);
        long deadline = rng.chance(40) ? run.now + rng.below(50) : 0;
        var holder = run.holders.get(rng.below(run.holders.size()));
        int returned = run.live.state().foundReturned();
        for (long offset : run.live.hand(holder, deadline, settled, 1 + rng.below(6))) {
            assertThat(run.model.first()).isSameAs(run.model.at(offset));
            assertThat(run.model.at(offset).returned).isEqualTo(returned);
            run.model.lease(offset, deadline);
            if (settled) {
                run.model.gone(offset);
            }
        }
    }

    /// One leased message, or some that follow each other.
    private static List<NaiveQueue.Message> someLeased(Run run) {
        var leased = run.model.all(NaiveQueue.Place.LEASED);
        if (leased.isEmpty()) {
            return leased;
        }
        int from = run.rng.below(leased.size());
        int to = Math.min(leased.size(), from + 1 + run.rng.below(4));
        return leased.subList(from, to);
    }

    private static void settle(Run run) {
        for (var message : someLeased(run)) {
            run.live.settled(message.offset);
            run.model.gone(message.offset);
        }
    }

    private static void giveBack(Run run) {
        long due = run.rng.chance(30) ? run.now + 1 + run.rng.below(40) : 0;
        // One that was never counted and waits is taken for a new one after a restart: it holds
        // back only those behind it then.
        var how =
                run.rng.chance(60)
                        ? Return.COUNTED
                        : run.rng.chance(50) || (run.order == Order.KEY && due > 0)
                                ? Return.SEEN
                                : Return.UNTOUCHED;
        var failed = failure(run);
        boolean isTold = how == Return.COUNTED && run.rng.chance(80);
        for (var message : someLeased(run)) {
            if (isTold) {
                fail(run, message, failed);
            }
            run.live.returned(message.offset, how, due);
            run.model.returned(message.offset, how, due);
        }
    }

    private static Failed failure(Run run) {
        var rng = run.rng;
        return new Failed(
                run.now,
                "consumer " + rng.below(3),
                rng.chance(70) ? "timeout" : "code " + rng.below(100),
                rng.chance(70) ? "" : "text " + rng.below(100),
                rng.below(4));
    }

    private static void fail(Run run, NaiveQueue.Message message, Failed failed) {
        run.live.failed(message.offset, failed);
        message.failures.add(failed);
    }

    private static void becomeDue(Run run) {
        run.now += run.rng.below(20);
        assertThat(run.live.dueUntil(run.now)).isEqualTo(run.model.due(run.now));
    }

    private static void endLeases(Run run) {
        var state = run.live.state();
        while (state.nextDeadlineMillis() <= run.now) {
            long offset = state.nextDeadlineOffset();
            var message = run.model.at(offset);
            assertThat(message.place).isEqualTo(NaiveQueue.Place.LEASED);
            assertThat(message.deadlineMillis).isEqualTo(state.nextDeadlineMillis());
            run.live.returned(offset, true, 0);
            run.model.returned(offset, true, 0);
        }
    }

    private static void extend(Run run) {
        long deadline = run.now + run.rng.below(60);
        for (var message : someLeased(run)) {
            run.live.extended(message.offset, deadline);
            message.deadlineMillis = deadline;
        }
    }

    private static void dieLeased(Run run) {
        var failed = failure(run);
        boolean isTold = run.rng.chance(80);
        for (var message : someLeased(run)) {
            if (isTold) {
                fail(run, message, failed);
            }
            run.live.die(message.offset, Reason.REJECTED, run.now);
            run.model.die(message.offset, Reason.REJECTED, run.now);
        }
    }

    private static void dieReady(Run run) {
        boolean deadLetters = run.rng.chance(60);
        for (int left = 1 + run.rng.below(3); left > 0 && findFirst(run); left--) {
            long offset = run.live.state().foundFirst();
            run.model.taken(offset);
            if (deadLetters) {
                run.live.die(offset, Reason.EXPIRED, run.now);
                run.model.die(offset, Reason.EXPIRED, run.now);
            } else {
                run.live.goneHere(offset);
                run.model.gone(offset);
            }
        }
    }

    private static void moveDeadLetters(Run run) {
        var round = run.live.state().outbox().round();
        if (round != null) {
            run.live.bury();
            run.model.bury(round.count());
        } else if (run.live.state().outbox().producerId() == Outbox.NO_PRODUCER) {
            run.live.producer(run.rng.below(1_000_000));
        } else if (!run.model.dying().isEmpty()) {
            run.live.begin(round(run, 1 + run.rng.below(run.model.dying().size())));
            // Nothing is sent before this is durable.
            write(run);
        }
    }

    private static Outbox.Round round(Run run, int count) {
        var targets = new ArrayList<Outbox.Target>();
        for (var partition : TARGETS) {
            var members = new ArrayList<Integer>();
            for (int member = 0; member < count; member++) {
                if (run.rng.chance(50)) {
                    members.add(member);
                }
            }
            if (!members.isEmpty()) {
                int sequence = run.live.state().outbox().nextSequence(partition);
                targets.add(new Outbox.Target(partition, sequence, members));
            }
        }
        return new Outbox.Round(count, targets);
    }

    private static void purge(Run run) {
        run.live.purge();
        run.model.purge();
    }

    private static void moveStart(Run run) {
        long to = run.rng.between(run.live.start(), run.live.end());
        if (run.rng.chance(50)) {
            to = Math.max(run.live.start(), run.live.state().floor(run.live.end()));
        }
        if (run.priorityMax > 0) {
            // The priority of a lease whose record is gone cannot be learned again.
            to = Math.min(to, Math.min(run.model.firstLeased(), run.written.firstLeased()));
        }
        if (to <= run.live.start()) {
            return;
        }
        run.live.moveStart(to);
        run.model.moveStart(to);
        run.written.moveStart(to);
        run.log.removeIf(record -> record.offset() < run.live.start());
    }

    // ---- the journal

    private static void write(Run run) {
        run.live.write();
        run.written = run.model.copy();
        run.writtenEnd = run.live.end();
    }

    private static void snapshot(Run run) {
        run.live.snapshot();
        run.written = run.model.copy();
        run.writtenEnd = run.live.end();
    }

    /// What was not written is as if it had not been; what was published since is there.
    private static void crash(Run run) {
        run.live.crash();
        run.newHolders();
        long start = Math.max(run.writtenEnd, run.live.start());
        run.model = run.written.copy();
        run.model.append(
                run.log.stream().filter(record -> record.offset() >= start).toList(),
                start,
                run.live.end());
        run.model.forgetKeysBefore(run.live.start());
        run.model.started();
        run.model.moveStart(run.live.start());
        run.live.dueUntil(run.now);
        run.model.due(run.now);
        if (run.rng.chance(50)) {
            write(run);
        }
    }

    // ---- comparing

    private static void check(Run run) {
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
    private static void checkTurns(Run run, QueueState rebuilt) {
        var model = run.model.copy();
        model.moveStart(run.live.start());
        model.forgetKeysBefore(run.live.start());
        rebuilt.due(run.now);
        model.due(run.now);
        var holder = new Holder(1);
        var round = new Round(run.order, model);
        while (isCandidate(rebuilt, run.live.end(), model, round.mine)) {
            long offset = rebuilt.foundFirst();
            round.next(offset);
            assertThat(rebuilt.leased(offset, holder, 0, 0)).isTrue();
            model.lease(offset, 0);
        }
    }

    private static void checkAgainstModel(Run run, StateView view) {
        var model = run.model;
        long start = run.live.start();
        assertThat(StateView.from(start, view.ready()))
                .isEqualTo(
                        model.order().stream()
                                .filter(it -> it.offset >= start)
                                .map(QueueModelTest::text)
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
