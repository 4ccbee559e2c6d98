package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Overflow;

/// Keeps a queue within its limits by letting its oldest ready messages go. Owned by its shard's loop.
final class QueueLimits {
    private static final int MESSAGES_PER_LOOK = 1_000;

    private final Shard shard;
    private final HostedQueue queue;

    QueueLimits(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// @return true when it is still over its limit
    boolean run() {
        if (queue.settings().overflow() != Overflow.DROP_HEAD || !isOver()) {
            return false;
        }
        // Whoever is buried has the queue looked at again.
        for (int left = MESSAGES_PER_LOOK; left > 0; left--) {
            if (!isOver()
                    || queue.isCrowdedWithDead()
                    || queue.sparesReady()
                    || !new QueueDispatch(shard, queue).findFirst()) {
                return false;
            }
            queue.die(queue.reader().offset(), Reason.MAXLEN, shard.nowMillis());
        }
        return isOver();
    }

    private boolean isOver() {
        var settings = queue.settings();
        return (settings.lengthMax() >= 0 && queue.ready() > settings.lengthMax())
                || (settings.bytesMax() >= 0 && queue.readyBytes().bytes() > settings.bytesMax());
    }
}
