package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.RedriveProgress.State;
import io.sluice.engine.queue.RedriveState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Works off a queue's [Redrive], at its pace: goes through what was there when the part began, in the order of the log, and moves what the task is about. It leaves as
/// dead letters do, so that a crash neither loses nor doubles one ([DeadLettering]); how far it has come are facts, so it goes on after a restart ([RedriveState]).
///
/// ```text
///   part 0 ──has gone through all──▶ part 1 ──▶ ... ──▶ last part ──▶ the attribute goes, and another says how it ended
///              one by one, so that pace and number of the task need nobody to share them out
/// ```
///
/// What comes while it goes on is not moved: a message that dies again at once does not go round in a circle. Owned by its shard's loop.
final class Redriving {
    static final String NO_DESTINATION = "AWS.SimpleQueueService.NonExistentQueue";
    static final String NO_SOURCE = "CouldNotDetermineMessageSource";
    private static final long TICK_MILLIS = 100;

    /// So many are on their way at one time.
    private static final int MOVING_MAX = 1_000;

    private final Shard shard;
    private final HostedQueue queue;
    private final TimerWheel.Timer tick;
    private final RedriveEnd end;
    private final RedriveFacts facts;

    /// Until when the pace was used up, wall clock; -1: it begins now.
    private long paidMillis = -1;

    private boolean asking;

    Redriving(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
        this.tick = TimerWheel.Timer.of(() -> shard.queues().look(queue));
        this.end = new RedriveEnd(shard, queue);
        this.facts = new RedriveFacts(queue);
    }

    /// Whether there is a task, or one that was to be worked on and is no more.
    static boolean isWanted(HostedQueue queue) {
        return queue.settings().redrive().isPresent()
                || queue.state().redrive().state() == State.RUNNING;
    }

    void stop() {
        shard.timers().cancel(tick);
    }

    /// Moves what may be moved now.
    void goOn() {
        if (shard.isStopping()) {
            return;
        }
        var found = queue.settings().redrive();
        if (found.isEmpty()) {
            if (state().state() == State.RUNNING) {
                facts.ended(State.CANCELLED, "");
            }
            return;
        }
        if (shard.broker().catalog().queue(queue.part().queue()).isEmpty()) {
            // While starting, before the catalog is published: no place would be found.
            pay();
            again();
            return;
        }
        var redrive = found.get();
        if (!state().isOf(redrive.id())) {
            // Those of another task still go where that one wanted them.
            if (queue.state().redriving() == 0) {
                begin(redrive);
            }
            again();
        } else if (state().state() != State.RUNNING) {
            if (state().state() != State.COMPLETED || isLast()) {
                end.end(redrive);
                again();
            }
        } else if (redrive.paused()) {
            paidMillis = -1;
        } else {
            move(redrive);
        }
    }

    private RedriveState state() {
        return queue.state().redrive();
    }

    private boolean isLast() {
        int parts =
                shard.broker()
                        .catalog()
                        .topic(queue.definition().topic())
                        .map(Topic::partitions)
                        .orElse(1);
        return queue.part().index() >= parts - 1;
    }

    private void again() {
        if (!tick.scheduled()) {
            shard.timers().schedule(tick, shard.monotonicMillis() + TICK_MILLIS);
        }
    }

    // ---- the beginning

    private void begin(Redrive redrive) {
        int index = queue.part().index();
        if (index == 0) {
            begin(redrive, RedriveProgress.NONE);
        } else if (!asking) {
            asking = true;
            shard.broker()
                    .queues()
                    .redriving(
                            queue.definition().part(index - 1),
                            new Reply<>() {
                                @Override
                                public void done(RedriveProgress before) {
                                    onShard(() -> heard(redrive, before));
                                }

                                @Override
                                public void refused(BrokerError error) {
                                    onShard(() -> asking = false);
                                }
                            });
        }
    }

    private void heard(Redrive redrive, RedriveProgress before) {
        asking = false;
        boolean wanted =
                !queue.dropped
                        && !state().isOf(redrive.id())
                        && queue.settings()
                                .redrive()
                                .map(Redrive::id)
                                .equals(Optional.of(redrive.id()));
        if (wanted && before.isOf(redrive.id()) && before.state() == State.COMPLETED) {
            begin(redrive, before);
            shard.queues().look(queue);
        }
    }

    private void begin(Redrive redrive, RedriveProgress before) {
        long end = queue.highWatermark();
        facts.begun(
                new RedriveState.Begun(
                        redrive.id(),
                        redrive.to().orElse(""),
                        Math.min(end, queue.state().floor(end)),
                        end,
                        before.moved(),
                        before.skipped(),
                        before.failed()));
        paidMillis = -1;
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }

    // ---- on the way

    private void move(Redrive redrive) {
        long left = redrive.max() == 0 ? Long.MAX_VALUE : redrive.max() - state().moved();
        var scan = new RedriveScan(shard, queue, redrive);
        if (left > 0) {
            int allowed = (int) Math.min(left, allowance(redrive));
            scan.run(allowed);
        }
        boolean isOver = left <= 0 || scan.isThrough() || scan.failure().isPresent();
        if (scan.failure().isPresent()) {
            facts.ended(State.FAILED, scan.failure().get());
        } else if (isOver && queue.state().redriving() == 0) {
            facts.ended(State.COMPLETED, "");
        }
        if (state().state() != State.RUNNING || scan.isTired()) {
            shard.queues().look(queue);
        } else {
            again();
        }
    }

    private int allowance(Redrive redrive) {
        long now = pay();
        int room = MOVING_MAX - queue.state().dyingCount();
        if (redrive.perSecond() == 0) {
            return Math.max(0, room);
        }
        long earned = (now - paidMillis) * redrive.perSecond() / 1_000;
        int allowed = (int) Math.max(0, Math.min(room, Math.min(earned, redrive.perSecond())));
        paidMillis =
                allowed == earned
                        ? paidMillis + allowed * 1_000L / redrive.perSecond()
                        : allowed > 0 ? now : paidMillis;
        return allowed;
    }

    /// The pace begins now, unless it has.
    private long pay() {
        long now = shard.nowMillis();
        if (paidMillis < 0) {
            paidMillis = now;
        }
        return now;
    }

    /// Where a message died first; empty when nobody knows.
    static Optional<String> firstQueue(@Nullable Envelope envelope) {
        return envelope == null ? Optional.empty() : envelope.deaths().map(Deaths::firstQueue);
    }
}
