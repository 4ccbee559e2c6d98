package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Order;
import io.sluice.engine.queue.QueueState.Return;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What is done to a queue and to its model alike.
final class ModelCommands {
    private static final List<PartitionId> TARGETS =
            List.of(
                    new PartitionId(new UUID(1, 1), 0),
                    new PartitionId(new UUID(2, 2), 0),
                    new PartitionId(new UUID(-3, 3), 7));

    private ModelCommands() {}

    static void publish(ModelRun run) {
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

    /// One hand-out: of one key after the other where they are ordered, else of each key in turn.
    static void receive(ModelRun run) {
        var rng = run.rng;
        long deadline = rng.chance(80) ? run.now + rng.below(50) : 0;
        boolean settled = run.order == Order.FAIR && rng.chance(10);
        var holder = run.holders.get(rng.below(run.holders.size()));
        var state = run.live.state();
        var round = new HandOut.Round(run.order, run.model);
        for (int left = 1 + rng.below(10);
                left > 0 && HandOut.isCandidate(state, run.live.end(), run.model, round.mine);
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

    /// Somebody who was handed a message before a crash that has lost it.
    static void showReceipt(ModelRun run) {
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

    static void hand(ModelRun run) {
        if (run.order != Order.NONE) {
            receive(run);
            return;
        }
        if (!HandOut.findFirst(run)) {
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
    private static List<NaiveQueue.Message> someLeased(ModelRun run) {
        var leased = run.model.all(NaiveQueue.Place.LEASED);
        if (leased.isEmpty()) {
            return leased;
        }
        int from = run.rng.below(leased.size());
        int to = Math.min(leased.size(), from + 1 + run.rng.below(4));
        return leased.subList(from, to);
    }

    static void settle(ModelRun run) {
        for (var message : someLeased(run)) {
            run.live.settled(message.offset);
            run.model.gone(message.offset);
        }
    }

    static void giveBack(ModelRun run) {
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

    private static Failed failure(ModelRun run) {
        var rng = run.rng;
        return new Failed(
                run.now,
                "consumer " + rng.below(3),
                rng.chance(70) ? "timeout" : "code " + rng.below(100),
                rng.chance(70) ? "" : "text " + rng.below(100),
                rng.below(4));
    }

    private static void fail(ModelRun run, NaiveQueue.Message message, Failed failed) {
        run.live.failed(message.offset, failed);
        message.failures.add(failed);
    }

    static void becomeDue(ModelRun run) {
        run.now += run.rng.below(20);
        assertThat(run.live.dueUntil(run.now)).isEqualTo(run.model.due(run.now));
    }

    static void endLeases(ModelRun run) {
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

    static void extend(ModelRun run) {
        long deadline = run.now + run.rng.below(60);
        for (var message : someLeased(run)) {
            run.live.extended(message.offset, deadline);
            message.deadlineMillis = deadline;
        }
    }

    static void dieLeased(ModelRun run) {
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

    static void dieReady(ModelRun run) {
        boolean deadLetters = run.rng.chance(60);
        for (int left = 1 + run.rng.below(3); left > 0 && HandOut.findFirst(run); left--) {
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

    static void moveDeadLetters(ModelRun run) {
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

    private static Outbox.Round round(ModelRun run, int count) {
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

    static void purge(ModelRun run) {
        run.live.purge();
        run.model.purge();
    }

    static void moveStart(ModelRun run) {
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

    static void write(ModelRun run) {
        run.live.write();
        run.written = run.model.copy();
        run.writtenEnd = run.live.end();
    }

    static void snapshot(ModelRun run) {
        run.live.snapshot();
        run.written = run.model.copy();
        run.writtenEnd = run.live.end();
    }

    /// What was not written is as if it had not been; what was published since is there.
    static void crash(ModelRun run) {
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
}
