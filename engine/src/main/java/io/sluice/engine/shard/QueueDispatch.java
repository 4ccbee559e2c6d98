package io.sluice.engine.shard;

import io.sluice.base.Millis;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.queue.Receive;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.shard.QueueConsumers.Attached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a queue's ready messages and its consumers together. Owned by its shard's loop.
final class QueueDispatch {
    /// A record's own bytes beside its body, as far as a consumer's window is concerned.
    private static final int OVERHEAD_BYTES = 64;

    private static final int MESSAGES_PER_LOOK = 2_000;
    private static final int LANES_LOOKED_AT_EVERY = 64;

    private final Shard shard;
    private final HostedQueue queue;
    private int left = MESSAGES_PER_LOOK;
    private boolean unreadable;

    /// How many messages [#run] has handed out.
    private int runMessages;

    QueueDispatch(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// Hands out what can be handed out.
    ///
    /// @return true when it has stopped although there may be more to hand out
    boolean run() {
        boolean single = queue.settings().singleActiveConsumer();
        while (left > 0 && !queue.receivers().isEmpty() && queue.room() > 0) {
            var waiting = queue.receivers().first();
            var got = receive(waiting.receive());
            if (got.isEmpty()) {
                // What has expired may have used up the look.
                return left == 0;
            }
            queue.receivers().serve(shard);
            Receiving.answer(shard, queue, waiting.receive(), got, waiting.reply());
        }
        while (left > 0) {
            if (queue.room() == 0) {
                return false;
            }
            var attached = queue.consumers().isEmpty() ? null : queue.consumers().next(single);
            if (attached == null || !findFirst(true)) {
                return false;
            }
            hand(attached, queue.consumers().isAlone(attached, single));
        }
        return true;
    }

    /// Whether it has stopped at a message that cannot be read now.
    boolean foundUnreadable() {
        return unreadable;
    }

    /// The first ready message for somebody who asks once.
    Optional<Got> get(long owner, boolean settled) {
        queue.state().round();
        if (queue.room() == 0 || !findFirst()) {
            return Optional.empty();
        }
        var reader = queue.reader();
        var delivery = delivery(-1, 1, reader.offset(), reader.bodyBytes());
        if (settled) {
            queue.handForGood();
        } else {
            queue.lease(new Holder(owner), QueueRetention.deadlineMillis(queue, deadlineMillis()));
        }
        queue.state().round();
        return Optional.of(new Got(delivery, queue.ready()));
    }

    /// The first ready messages for somebody who asks once.
    List<Delivery> receive(Receive receive) {
        var deliveries = new ArrayList<Delivery>();
        var holder = new Holder(receive.owner(), receive.consumer());
        long deadline = shard.nowMillis() + receive.leaseMillis();
        boolean oneOfKey = receive.oneOfKey() && queue.settings().order() == Order.KEY;
        int messages = 0;
        long bytes = 0;
        while (messages < receive.messagesMax()
                && (messages == 0 || bytes < receive.bytesMax())
                && queue.room() > 0
                && findFirst(true)) {
            var delivery =
                    run(
                            -1,
                            holder,
                            oneOfKey ? 1 : Math.min(left, receive.messagesMax() - messages),
                            Math.max(1, receive.bytesMax() - bytes),
                            deadline);
            messages += runMessages;
            bytes += delivery.bytes();
            deliveries.add(delivery);
            if (oneOfKey) {
                queue.state().round();
            }
        }
        queue.state().round();
        return deliveries;
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
                    unreadable = true;
                    return false;
                }
                queue.nothingAt(first, state.foundLast());
            } else if (queue.reader().offset() > first) {
                queue.nothingAt(first, Math.min(state.foundLast(), queue.reader().offset() - 1));
            } else if (isTooOld()) {
                left--;
                queue.goneHere();
            } else if (isExpired(wanted)) {
                if (queue.isCrowdedWithDead() || queue.sparesFirst()) {
                    return false;
                }
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

    private boolean isTooOld() {
        return QueueRetention.endsMillis(queue) <= shard.nowMillis();
    }

    /// Hands the message that the reader stands on to a consumer, and those that follow it if the consumer may have more.
    private void hand(Attached attached, boolean many) {
        var delivery =
                run(
                        attached.consumer.id(),
                        attached.consumer.settled() ? null : attached,
                        many ? Math.min(left, attached.roomMessages()) : 1,
                        attached.windowBytes(),
                        deadlineMillis());
        queue.state().round();
        attached.handed(delivery.bytes());
        queue.consumers().served(attached);
        attached.consumer.sink().delivered(delivery);
    }

    /// Hands out the message that the reader stands on, and those that follow it in its batch.
    ///
    /// @param holder null: they count as settled at once
    private Delivery run(
            long consumer,
            @Nullable Holder holder,
            int messagesMax,
            long bytesMax,
            long deadlineMillis) {
        var state = queue.state();
        var reader = queue.reader();
        long last = state.foundLast();
        long first = reader.offset();
        int returned = state.foundReturned();
        boolean redelivered = state.foundWasOut();
        int at = reader.at().position();
        var batch = reader.batch();
        long bytes = 0;
        long handedLast = first;
        int messages = 0;
        int max = Math.min(messagesMax, queue.room());
        do {
            if (messages > 0 && (isExpired(true) || isTooOld())) {
                break;
            }
            handedLast = reader.offset();
            bytes += reader.bodyBytes() + OVERHEAD_BYTES;
            take(holder, deadlineMillis);
            messages++;
        } while (messages < max
                && bytes < bytesMax
                && handedLast < last
                && reader.nextInBatch()
                && reader.offset() <= last);
        left -= messages;
        runMessages = messages;
        if (redelivered) {
            queue.counts().redelivered += messages;
        }
        if (reader.isNearest(handedLast) && isTimeToLook()) {
            reader.passed(state.unread());
        }
        return new Delivery(
                queue.part(),
                consumer,
                batch.bytes(),
                at,
                first,
                handedLast,
                returned,
                redelivered,
                bytes);
    }

    /// With keys it takes a look at every lane to know what was read: that is done now and then.
    private boolean isTimeToLook() {
        return !queue.state().hasKeys()
                || queue.ready() == 0
                || queue.counts().delivered % LANES_LOOKED_AT_EVERY == 0;
    }

    private void take(@Nullable Holder holder, long deadlineMillis) {
        if (holder == null) {
            queue.handForGood();
        } else {
            queue.lease(holder, QueueRetention.deadlineMillis(queue, deadlineMillis));
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
                queue.state().foundWasOut(),
                bytes + (long) messages * OVERHEAD_BYTES);
    }

    private long deadlineMillis() {
        long lease = queue.settings().leaseMillis();
        return lease > 0 ? Millis.after(shard.nowMillis(), lease) : 0;
    }
}
