package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import io.sluice.engine.queue.Holder;

/// Takes single ready messages out of a queue wherever they stand, each change with its fact. Owned by its shard's loop.
final class OutOfTurn {
    private final HostedQueue queue;

    OutOfTurn(HostedQueue queue) {
        this.queue = queue;
    }

    /// Whether a message could be handed out, or would be if its turn came.
    boolean isReady(long offset) {
        queue.passHoles();
        return queue.state().isReady(offset, queue.highWatermark());
    }

    /// A ready message is gone.
    void gone(long offset) {
        listBefore(offset);
        queue.readyBytes().add(-queue.readyBytes().of(offset));
        boolean was = queue.state().gone(offset);
        assert was : "only a ready message goes: " + offset + " of " + queue.part();
        queue.facts().gone(offset, offset);
        queue.trimmable = true;
    }

    /// A ready message is on its way to where it is moved.
    void redrive(long offset, long nowMillis) {
        listBefore(offset);
        queue.readyBytes().add(-queue.readyBytes().of(offset));
        queue.state().dying(offset, Reason.REDRIVEN, nowMillis);
        queue.facts().dying(offset, Reason.REDRIVEN, nowMillis);
        queue.counts().died(Reason.REDRIVEN);
    }

    /// A message is gone wherever it stands, whoever holds it.
    ///
    /// @return false when it is not there
    boolean removed(long offset) {
        if (queue.state().leases().find(offset) >= 0) {
            queue.settled(offset);
            return true;
        }
        if (queue.state().isDelayed(offset)) {
            listBefore(offset);
            queue.passHoles();
            queue.removed(offset);
            return true;
        }
        boolean is = isReady(offset) && queue.reader().seek(offset);
        if (is && queue.reader().offset() == offset) {
            gone(offset);
            return true;
        }
        return false;
    }

    /// A ready message is handed out.
    void lease(long offset, Holder holder, long deadlineMillis) {
        listBefore(offset);
        int bytes = queue.readyBytes().of(offset);
        boolean was = queue.state().leased(offset, holder, deadlineMillis, bytes);
        assert was : "only a ready message can be leased: " + offset + " of " + queue.part();
        queue.facts().leased(offset, deadlineMillis);
        queue.readyBytes().add(-bytes);
    }

    /// What was never handed out and lies before `offset` becomes something that has come back, so that a single one can be taken from the middle. After
    /// a crash that lost leases there are some.
    private void listBefore(long offset) {
        var state = queue.state();
        queue.passHoles();
        var nobody = new Holder(Holder.NOBODY);
        for (long first = state.fresh();
                !state.hasPriorities() && first < offset;
                first = state.fresh()) {
            state.leased(first, nobody, 0, 0);
            queue.facts().leased(first, 0);
            // Its bytes were counted as ready all the time.
            state.returned(first, false, 0);
            queue.facts().returned(first, false, 0);
            queue.passHoles();
        }
    }
}
