package io.sluice.engine.shard;

import io.sluice.base.Millis;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Settlement;
import io.sluice.engine.queue.Note;
import io.sluice.engine.queue.QueueState.Return;

/// What becomes of leases. Owned by its shard's loop.
final class QueueSettling {
    private QueueSettling() {}

    /// Settles what `settlement` names and its owner holds.
    ///
    /// @return how many that were
    static int settle(Shard shard, HostedQueue queue, Settlement settlement) {
        int count = 0;
        var offsets = settlement.offsets();
        for (int i = 0; i + 1 < offsets.length; i += 2) {
            for (long offset = offsets[i]; offset <= offsets[i + 1]; offset++) {
                int slot = slotOf(queue, offset, settlement.owner());
                if (slot >= 0) {
                    settle(shard, queue, offset, slot, settlement.outcome());
                    count++;
                }
            }
        }
        return count;
    }

    /// Gives back everything that `owner` holds: he is gone.
    static void releaseAll(Shard shard, HostedQueue queue, long owner) {
        for (long offset : queue.state().leases().of(owner)) {
            lose(shard, queue, offset);
        }
    }

    /// Gives a leased message back whose holder is gone.
    static void lose(Shard shard, HostedQueue queue, long offset) {
        if (queue.settings().policy().retry().countsLostConnections()) {
            fail(shard, queue, offset, Failure.CONNECTION_LOST);
        } else {
            if (queue.breaker != null) {
                queue.breaker.lost(offset);
            }
            giveBack(shard, queue, offset, Return.SEEN, 0);
        }
    }

    /// A try has failed: the queue's policy says what becomes of the message.
    static void fail(Shard shard, HostedQueue queue, long offset, Failure why) {
        fail(shard, queue, offset, Settlement.AS_POLICY, why);
    }

    /// @param delayMillis as in [Settlement.Released]
    private static void fail(
            Shard shard, HostedQueue queue, long offset, long delayMillis, Failure why) {
        queue.failed(offset, why, shard.nowMillis());
        putBack(shard, queue, offset, delayMillis);
    }

    /// This, and a rejection, are the only places where a message dies of a failed try. None does while the queue's breaker is not closed: it is tried once more, and where
    /// receipts are not told apart by tries, that is the same try.
    private static void putBack(Shard shard, HostedQueue queue, long offset, long delayMillis) {
        int failed = 1 + Note.returned(noteOf(queue, offset));
        if (isGone(shard, queue, offset)) {
            queue.settled(offset);
            return;
        }
        boolean spent = Retrying.isSpent(queue, offset, failed, shard.nowMillis());
        if (spent && !queue.sparesLeased()) {
            queue.die(offset, Reason.DELIVERY_LIMIT, shard.nowMillis());
            return;
        }
        long delay =
                delayMillis == Settlement.AS_POLICY
                        ? Retrying.waitMillis(queue, offset, failed)
                        : delayMillis;
        boolean counts = !spent || queue.settings().order() == Order.KEY;
        queue.returned(offset, counts ? Return.COUNTED : Return.SEEN, dueMillis(shard, delay));
    }

    private static void reject(Shard shard, HostedQueue queue, long offset, Failure why) {
        queue.failed(offset, why, shard.nowMillis());
        if (queue.sparesLeased()) {
            putBack(shard, queue, offset, Settlement.AS_POLICY);
        } else {
            queue.die(offset, Reason.REJECTED, shard.nowMillis());
        }
    }

    private static void giveBack(
            Shard shard, HostedQueue queue, long offset, Return how, long delayMillis) {
        if (isGone(shard, queue, offset)) {
            queue.settled(offset);
        } else {
            queue.returned(offset, how, dueMillis(shard, delayMillis));
        }
    }

    /// Its time is over, or its record was deleted while somebody had it.
    private static boolean isGone(Shard shard, HostedQueue queue, long offset) {
        return offset < queue.partition().partition().startOffset()
                || QueueRetention.isOver(queue, offset, shard.nowMillis());
    }

    private static long dueMillis(Shard shard, long delayMillis) {
        return delayMillis <= 0 ? 0 : Millis.after(shard.nowMillis(), delayMillis);
    }

    private static int noteOf(HostedQueue queue, long offset) {
        return queue.state().leases().note(queue.state().leases().find(offset));
    }

    /// The lease of a message that `owner` holds; -1 when he does not.
    private static int slotOf(HostedQueue queue, long offset, long owner) {
        int slot = queue.state().leases().find(offset);
        return slot >= 0 && queue.state().leases().holder(slot).owner() == owner ? slot : -1;
    }

    private static void settle(
            Shard shard, HostedQueue queue, long offset, int slot, Settlement.Outcome outcome) {
        switch (outcome) {
            case Settlement.Accepted _ -> queue.accepted(offset, slot);
            case Settlement.Rejected(Failure why) ->
                    reject(shard, queue, offset, why.or(Failure.REJECTED));
            case Settlement.Released(boolean counted, long delayMillis, Failure why) -> {
                if (counted) {
                    fail(shard, queue, offset, delayMillis, why.or(Failure.RETURNED));
                } else {
                    if (queue.breaker != null) {
                        queue.breaker.untried(offset);
                    }
                    giveBack(shard, queue, offset, Return.UNTOUCHED, delayMillis);
                }
            }
            case Settlement.Extended(long leaseMillis) ->
                    queue.extended(
                            offset,
                            QueueRetention.deadlineMillis(
                                    queue, offset, Millis.after(shard.nowMillis(), leaseMillis)));
        }
    }
}
