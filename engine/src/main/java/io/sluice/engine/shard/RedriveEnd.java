package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.RedriveProgress.State;
import io.sluice.broker.queue.Redrives;

/// Takes the attribute of a redrive away that has ended, and leaves how it did, once it is durable that it has. Owned by its shard's loop.
final class RedriveEnd {
    private final Shard shard;
    private final HostedQueue queue;

    /// Until the catalog has answered.
    private boolean ending;

    RedriveEnd(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// Does nothing while it is under way.
    void end(Redrive redrive) {
        if (ending) {
            return;
        }
        ending = true;
        queue.journalWaiters()
                .whenDurable(
                        refused -> {
                            if (refused == null) {
                                change(redrive);
                            } else {
                                ending = false;
                            }
                        });
    }

    private void change(Redrive redrive) {
        var progress = queue.state().redrive().progress();
        var ended =
                new Ended(
                        redrive,
                        progress.state() == State.FAILED ? Status.FAILED : Status.COMPLETED,
                        progress.moved(),
                        progress.skipped(),
                        progress.failed(),
                        shard.nowMillis(),
                        progress.failure());
        shard.broker()
                .change(
                        Redrives.end(queue.definition(), ended),
                        new Reply<>() {
                            @Override
                            public void done(Catalog value) {
                                over();
                            }

                            // Somebody has paused or cancelled it meanwhile: the next look sees
                            // what there is to do.
                            @Override
                            public void refused(BrokerError error) {
                                over();
                            }
                        });
    }

    private void over() {
        shard.mailbox().putInternal(new TaskOperation(() -> ending = false));
    }
}
