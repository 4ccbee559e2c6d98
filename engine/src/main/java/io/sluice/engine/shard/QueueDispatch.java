package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.shard.QueueConsumers.Attached;
import java.util.Optional;

/// Brings a queue's ready messages and its consumers together. Owned by its shard's loop.
final class QueueDispatch {
    /// A record's own bytes beside its body, as far as a consumer's window is concerned.
    private static final int OVERHEAD_BYTES = 64;

    private static final int MESSAGES_PER_LOOK = 2_000;

    private final Shard shard;
    private final HostedQueue queue;
    private int left = MESSAGES_PER_LOOK;

    QueueDispatch(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// Hands out what can be handed out.
    ///
    /// @return true when it has stopped although there may be more to hand out
    boolean run() {
        boolean single = queue.settings().singleActiveConsumer();
        while (left > 0) {
            var attached = queue.consumers().isEmpty() ? null : queue.consumers().next(single);
            if (attached == null || !findFirst(true)) {
                return false;
            }
            hand(attached, queue.consumers().isAlone(attached, single));
        }
        return true;
    }

    /// The first ready message for somebody who asks once.
    Optional<Got> get(long owner, boolean settled) {
        if (!findFirst()) {
            return Optional.empty();
        }
        var reader = queue.reader();
        var delivery = delivery(-1, 1, reader.offset(), reader.bodyBytes());
        if (settled) {
            queue.counts().delivered++;
            queue.goneHere();
        } else {
            queue.lease(new Holder(owner), deadlineMillis());
        }
        return Optional.of(new Got(delivery, queue.ready()));
    }

    /// Puts the reader on the first ready message that exists and has not expired.
    ///
    /// @return false when there is none
    boolean findFirst() {
        return findFirst(false);
    }

    /// @param wanted somebody waits for it: a time to live of 0 means now or never, and this is now
    private boolean findFirst(boolean wanted) {
        var state = queue.state();
        while (left > 0) {
            queue.passHoles();
            if (!state.find(queue.highWatermark())) {
                return false;
            }
            long first = state.foundFirst();
            if (!queue.reader().seek(first)) {
                if (queue.reader().failure() != null) {
                    return false;
                }
                queue.nothingAt(first, state.foundLast());
            } else if (queue.reader().offset() > first) {
                queue.nothingAt(first, Math.min(state.foundLast(), queue.reader().offset() - 1));
            } else if (isExpired(wanted)) {
                left--;
                queue.die(first, Reason.EXPIRED, shard.nowMillis());
            } else {
                return true;
            }
        }
        return false;
    }

    private boolean isExpired(boolean wanted) {
        long expires = QueueExpiry.expiresMillis(queue);
        return expires <= shard.nowMillis()
                && !(wanted && expires == queue.reader().at().timestamp());
    }

    /// Hands the message that the reader stands on to a consumer, and those that follow it if the consumer may have more.
    private void hand(Attached attached, boolean many) {
        var state = queue.state();
        var reader = queue.reader();
        int messagesMax = many ? Math.min(left, attached.roomMessages()) : 1;
        long last = state.foundLast();
        long first = reader.offset();
        int returned = state.foundReturned();
        int at = reader.at().position();
        var batch = reader.batch();
        long deadline = deadlineMillis();
        long bytes = 0;
        long handedLast = first;
        int messages = 0;
        do {
            if (messages > 0 && isExpired(true)) {
                break;
            }
            handedLast = reader.offset();
            bytes += reader.bodyBytes() + OVERHEAD_BYTES;
            take(attached, deadline);
            messages++;
        } while (messages < messagesMax
                && bytes < attached.windowBytes()
                && handedLast < last
                && reader.nextInBatch()
                && reader.offset() <= last);
        left -= messages;
        if (returned > 0) {
            queue.counts().redelivered += messages;
        }
        attached.handed(bytes);
        queue.consumers().served(attached);
        reader.passed(state.fresh());
        attached.consumer
                .sink()
                .delivered(
                        new Delivery(
                                queue.part(),
                                attached.consumer.id(),
                                batch.bytes(),
                                at,
                                first,
                                handedLast,
                                returned,
                                bytes));
    }

    private void take(Attached attached, long deadline) {
        if (attached.consumer.settled()) {
            queue.counts().delivered++;
            queue.goneHere();
        } else {
            queue.lease(attached, deadline);
        }
    }

    private Delivery delivery(long consumer, int messages, long last, long bytes) {
        var reader = queue.reader();
        return new Delivery(
                queue.part(),
                consumer,
                reader.batch().bytes(),
                reader.at().position(),
                reader.offset(),
                last,
                queue.state().foundReturned(),
                bytes + (long) messages * OVERHEAD_BYTES);
    }

    private long deadlineMillis() {
        long lease = queue.settings().leaseMillis();
        return lease > 0 ? shard.nowMillis() + lease : 0;
    }
}
