package io.sluice.engine.shard;

import io.sluice.base.Millis;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Failure;
import org.jspecify.annotations.Nullable;

/// Times of a queue: delays that end, leases that end, heads that expire, the queue itself. One timer for all of them, set to the earliest. Owned by its
/// shard's loop.
final class QueueExpiry {
    private static final int LEASES_PER_LOOK = 1_000;

    private final Shard shard;
    private final HostedQueue queue;
    private final TimerWheel.Timer timer;

    /// Null before [#lookAgain].
    private TimerWheel.@Nullable Timer again;

    private long setToMillis = Long.MAX_VALUE;

    /// The head that was looked at last, and when it expires.
    private long headOffset = -1;

    private long headExpiresMillis = Long.MAX_VALUE;

    QueueExpiry(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
        this.timer =
                TimerWheel.Timer.of(
                        () -> {
                            setToMillis = Long.MAX_VALUE;
                            shard.queues().look(queue);
                        });
    }

    /// When the record that the reader stands on expires, wall clock; `Long.MAX_VALUE` for never. The smaller of the queue's time to live and its
    /// own holds.
    static long expiresMillis(HostedQueue queue) {
        var record = queue.reader().at();
        long ttl = queue.settings().messageTtlMillis();
        long own = ownTtl(queue);
        if (own >= 0) {
            ttl = ttl < 0 ? own : Math.min(ttl, own);
        }
        return ttl < 0 ? Long.MAX_VALUE : Millis.after(record.timestamp(), ttl);
    }

    private static long ownTtl(HostedQueue queue) {
        var record = queue.reader().at();
        int at = record.firstHeaderAt(QueueReader.ENVELOPE, 2);
        if (at >= 0 && !Envelope.mayHaveTtl(record.byteAt(at), record.byteAt(at + 1))) {
            return -1;
        }
        var header = record.header(QueueReader.ENVELOPE);
        return header == null ? -1 : Envelope.ttlMillisOf(header);
    }

    /// Does what is due now, before messages are handed out.
    void before() {
        queue.dueUntil(shard.nowMillis());
        int left = LEASES_PER_LOOK;
        while (queue.state().nextDeadlineMillis() <= shard.nowMillis() && left-- > 0) {
            QueueSettling.fail(shard, queue, queue.state().nextDeadlineOffset(), Failure.TIMEOUT);
        }
    }

    /// Sets the timer, after messages were handed out.
    void after() {
        long next = Math.min(queue.state().nextDueMillis(), queue.state().nextDeadlineMillis());
        next = Math.min(next, queue.sparesReady() ? Long.MAX_VALUE : headExpires());
        next = Math.min(next, queueExpires());
        next = Math.min(next, queue.breaker == null ? Long.MAX_VALUE : queue.breaker.nextMillis());
        if (next == Long.MAX_VALUE) {
            shard.timers().cancel(timer);
            setToMillis = Long.MAX_VALUE;
        } else if (next != setToMillis || !timer.scheduled()) {
            setToMillis = next;
            shard.timers()
                    .schedule(
                            timer,
                            Millis.after(
                                    shard.monotonicMillis(),
                                    Math.max(1, next - shard.nowMillis())));
        }
    }

    /// Has the queue looked at after a while, whatever else happens.
    void lookAgain(long millis) {
        if (again == null) {
            again = TimerWheel.Timer.of(() -> shard.queues().look(queue));
        }
        shard.timers().schedule(again, shard.monotonicMillis() + millis);
    }

    boolean looksAgain() {
        return again != null && again.scheduled();
    }

    /// Whether the first message that nobody took has expired.
    boolean isHeadExpired() {
        return headExpires() <= shard.nowMillis();
    }

    /// Whether the queue as a whole has been unused for too long.
    boolean isExpired() {
        return queueExpires() <= shard.nowMillis();
    }

    void stop() {
        shard.timers().cancel(timer);
        if (again != null) {
            shard.timers().cancel(again);
        }
    }

    private long queueExpires() {
        long expires = queue.settings().expiresMillis();
        return expires < 0 || !queue.isHome() || !queue.consumers().isEmpty()
                ? Long.MAX_VALUE
                : Millis.after(queue.counts().idleSinceMillis, expires);
    }

    /// Looks at the head once: it stays what it is while nobody takes it. While it cannot be read it is looked at again and again.
    private long headExpires() {
        queue.passHoles();
        if (!queue.state().find(queue.highWatermark())) {
            return Long.MAX_VALUE;
        }
        long first = queue.state().foundFirst();
        if (first != headOffset) {
            boolean stands = queue.reader().seek(first) && queue.reader().offset() == first;
            if (queue.reader().failure() != null) {
                return Millis.after(shard.nowMillis(), ShardQueues.READ_AGAIN_MILLIS);
            }
            headOffset = first;
            headExpiresMillis =
                    stands
                            ? Math.min(expiresMillis(queue), QueueRetention.endsMillis(queue))
                            : Long.MAX_VALUE;
        }
        return headExpiresMillis;
    }

    /// Settings have changed.
    void forgetHead() {
        headOffset = -1;
    }
}
