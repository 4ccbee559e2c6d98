package io.sluice.engine.shard;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.queue.Note;
import java.util.ArrayList;
import java.util.List;

/// What becomes of messages for which somebody shows a receipt. Owned by its shard's loop.
final class ReceiptSettling {
    private final Shard shard;
    private final HostedQueue queue;
    private final Receipts.Wish wish;
    private final OutOfTurn outOfTurn;

    private ReceiptSettling(Shard shard, HostedQueue queue, Receipts.Wish wish) {
        this.shard = shard;
        this.queue = queue;
        this.wish = wish;
        this.outOfTurn = new OutOfTurn(queue);
    }

    static List<Outcome> settle(Shard shard, HostedQueue queue, Receipts receipts) {
        var settling = new ReceiptSettling(shard, queue, receipts.wish());
        var outcomes = new ArrayList<Outcome>(receipts.offsets().length);
        for (int i = 0; i < receipts.offsets().length; i++) {
            outcomes.add(settling.settle(receipts.offsets()[i], receipts.returned()[i]));
        }
        return outcomes;
    }

    private Outcome settle(long offset, int returned) {
        boolean strict = queue.settings().order() == Order.KEY;
        int slot = queue.state().leases().find(offset);
        if (slot >= 0) {
            if (strict && Note.returned(queue.state().leases().note(slot)) != returned) {
                return Outcome.EXPIRED;
            }
            return settleLeased(offset, slot);
        }
        if (queue.state().isDelayed(offset)) {
            return Outcome.EXPIRED;
        }
        if (!outOfTurn.isReady(offset)) {
            return wish instanceof Receipts.Delete ? Outcome.DONE : Outcome.GONE;
        }
        if (strict) {
            return Outcome.EXPIRED;
        }
        return settleReady(offset);
    }

    private Outcome settleLeased(long offset, int slot) {
        switch (wish) {
            case Receipts.Delete _ -> queue.accepted(offset, slot);
            case Receipts.Hide(long millis) when millis == 0 ->
                    QueueSettling.fail(shard, queue, offset, Failure.RETURNED);
            case Receipts.Hide _ when isTooOld(offset) -> {
                queue.settled(offset);
                return Outcome.GONE;
            }
            case Receipts.Hide(long millis) ->
                    queue.extended(offset, deadlineMillis(offset, millis));
        }
        return Outcome.DONE;
    }

    /// Its lease has ended, and nobody has it.
    private Outcome settleReady(long offset) {
        switch (wish) {
            case Receipts.Delete _ -> {
                queue.counts().acknowledged++;
                outOfTurn.gone(offset);
            }
            case Receipts.Hide _ when isTooOld(offset) -> {
                outOfTurn.gone(offset);
                return Outcome.GONE;
            }
            case Receipts.Hide(long millis) when millis == 0 -> {}
            case Receipts.Hide(long millis) ->
                    outOfTurn.lease(
                            offset, new Holder(Holder.NOBODY), deadlineMillis(offset, millis));
        }
        return Outcome.DONE;
    }

    private boolean isTooOld(long offset) {
        return QueueRetention.isOver(queue, offset, shard.nowMillis());
    }

    private long deadlineMillis(long offset, long millis) {
        return QueueRetention.deadlineMillis(queue, offset, shard.nowMillis() + millis);
    }
}
