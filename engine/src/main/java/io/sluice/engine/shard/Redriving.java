package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moves a queue's ready messages as its [Redrive] says, in their order and at its pace. They leave as dead letters do, so that a crash neither loses nor doubles one
/// ([DeadLettering]); and as the task is an attribute of the queue, it goes on after a restart. Owned by its shard's loop.
final class Redriving {
    static final String NO_DESTINATION = "AWS.SimpleQueueService.NonExistentQueue";
    static final String NO_SOURCE = "CouldNotDetermineMessageSource";
    private static final long TICK_MILLIS = 100;

    /// So many are on their way at one time.
    private static final int MOVING_MAX = 1_000;

    private final Shard shard;
    private final HostedQueue queue;
    private final TimerWheel.Timer tick;
    private String task = "";
    private long moved;

    /// Until when the pace was used up, wall clock.
    private long paidMillis;

    private boolean ending;

    Redriving(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
        this.tick = TimerWheel.Timer.of(() -> shard.queues().look(queue));
    }

    void stop() {
        shard.timers().cancel(tick);
    }

    /// Moves what may be moved now.
    void goOn() {
        var found = queue.settings().redrive();
        if (found.isEmpty() || shard.isStopping()) {
            return;
        }
        var redrive = found.get();
        if (!task.equals(redrive.id())) {
            task = redrive.id();
            moved = 0;
            ending = false;
            paidMillis = shard.nowMillis();
        }
        if (!ending) {
            move(redrive);
        }
    }

    private void move(Redrive redrive) {
        var dispatch = new QueueDispatch(shard, queue);
        for (int left = allowance(redrive); left > 0; left--) {
            if (!dispatch.findFirst()) {
                if (queue.ready() == 0 && queue.state().dying().isEmpty()) {
                    end(redrive, Status.COMPLETED, Optional.empty());
                    return;
                }
                break;
            }
            var failure = failure(redrive);
            if (failure.isPresent()) {
                end(redrive, Status.FAILED, failure);
                return;
            }
            queue.redrive(shard.nowMillis());
            moved++;
        }
        if (!tick.scheduled()) {
            shard.timers().schedule(tick, shard.monotonicMillis() + TICK_MILLIS);
        }
    }

    private int allowance(Redrive redrive) {
        int room = MOVING_MAX - queue.state().dying().size();
        if (redrive.perSecond() == 0) {
            return room;
        }
        long now = shard.nowMillis();
        long earned = (now - paidMillis) * redrive.perSecond() / 1_000;
        int allowed = (int) Math.max(0, Math.min(room, Math.min(earned, redrive.perSecond())));
        paidMillis =
                allowed == earned
                        ? paidMillis + allowed * 1_000L / redrive.perSecond()
                        : allowed > 0 ? now : paidMillis;
        return allowed;
    }

    /// Why the message that the reader stands on has nowhere to go.
    private Optional<String> failure(Redrive redrive) {
        var to = destination(redrive, queue.reader().envelope());
        if (to.isEmpty()) {
            return Optional.of(NO_SOURCE);
        }
        boolean exists =
                shard.broker()
                        .catalog()
                        .queue(queue.definition().namespace(), to.get())
                        .isPresent();
        return exists ? Optional.empty() : Optional.of(NO_DESTINATION);
    }

    /// The name of the queue that a message goes to; empty when nobody knows.
    static Optional<String> destination(
            Redrive redrive, @Nullable Envelope envelope) {
        return redrive.to()
                .or(
                        () ->
                                envelope == null
                                        ? Optional.empty()
                                        : envelope.deaths().map(Deaths::firstQueue));
    }

    private void end(Redrive redrive, Status status, Optional<String> failure) {
        ending = true;
        var attributes = new HashMap<>(queue.definition().attributes());
        attributes.remove(Redrive.ATTRIBUTE);
        attributes.put(
                Redrive.ENDED_ATTRIBUTE,
                JsonText.quoted(new Ended(redrive, status, moved, failure).text()));
        shard.broker()
                .change(
                        new CatalogChange.ConfigureQueue(queue.part().queue(), attributes),
                        new Reply<>() {
                            @Override
                            public void done(Catalog value) {}

                            // The task is still there: the next look ends it.
                            @Override
                            public void refused(BrokerError error) {
                                shard.mailbox()
                                        .putInternal(new TaskOperation(() -> ending = false));
                            }
                        });
    }
}
