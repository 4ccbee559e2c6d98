package io.sluice.engine.shard;

import io.sluice.base.Millis;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Settlement;
import io.sluice.engine.queue.Note;

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
                if (isHeld(queue, offset, settlement.owner())) {
                    settle(shard, queue, offset, settlement.outcome());
                    count++;
                }
            }
        }
        return count;
    }

    /// Gives back everything that `owner` holds.
    static void releaseAll(Shard shard, HostedQueue queue, long owner) {
        for (long offset : queue.state().leases().of(owner)) {
            release(shard, queue, offset, true, 0);
        }
    }

    /// Gives a leased message back, unless it has become too old or came back too often.
    static void release(
            Shard shard, HostedQueue queue, long offset, boolean counted, long delayMillis) {
        long limit = queue.settings().deliveryLimit();
        int slot = queue.state().leases().find(offset);
        if (QueueRetention.isOver(queue, offset, shard.nowMillis())) {
            queue.settled(offset);
        } else if (counted
                && limit >= 0
                && Note.returned(queue.state().leases().note(slot)) >= limit) {
            queue.die(offset, Reason.DELIVERY_LIMIT, shard.nowMillis());
        } else {
            long due = delayMillis <= 0 ? 0 : Millis.after(shard.nowMillis(), delayMillis);
            queue.returned(offset, counted, due);
        }
    }

    private static boolean isHeld(HostedQueue queue, long offset, long owner) {
        int slot = queue.state().leases().find(offset);
        return slot >= 0 && queue.state().leases().holder(slot).owner() == owner;
    }

    private static void settle(
            Shard shard, HostedQueue queue, long offset, Settlement.Outcome outcome) {
        switch (outcome) {
            case Settlement.Accepted _ -> {
                queue.counts().acknowledged++;
                queue.settled(offset);
            }
            case Settlement.Rejected(Failure _) ->
                    queue.die(offset, Reason.REJECTED, shard.nowMillis());
            case Settlement.Released(boolean counted, long delayMillis, Failure _) ->
                    release(shard, queue, offset, counted, delayMillis);
            case Settlement.Extended(long leaseMillis) ->
                    queue.extended(
                            offset,
                            QueueRetention.deadlineMillis(
                                    queue, offset, Millis.after(shard.nowMillis(), leaseMillis)));
        }
    }
}
