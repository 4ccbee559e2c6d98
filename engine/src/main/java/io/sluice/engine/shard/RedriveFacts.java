package io.sluice.engine.shard;

import io.sluice.broker.queue.RedriveProgress;
import io.sluice.engine.queue.RedriveState;

/// How far a queue's part has come with moving messages, each change with its fact. Owned by its shard's loop.
final class RedriveFacts {
    private final HostedQueue queue;

    RedriveFacts(HostedQueue queue) {
        this.queue = queue;
    }

    /// The part begins to move messages, as its queue's [io.sluice.broker.queue.Redrive] says.
    void begun(RedriveState.Begun begun) {
        queue.state().redrive().begun(begun);
        queue.facts().redriveBegun(begun);
    }

    void passed(long cursor, long skipped, long failed) {
        queue.state().redrive().passed(cursor, skipped, failed);
        queue.facts().redrivePassed(cursor, skipped, failed);
    }

    void ended(RedriveProgress.State how, String why) {
        queue.state().redrive().ended(how, why);
        queue.facts().redriveEnded(how, queue.state().redrive().progress().failure().orElse(""));
    }
}
