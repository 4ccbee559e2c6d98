package io.sluice.server.admin;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.QueueReport;
import java.util.EnumMap;
import java.util.Map;

/// The figures of one queue, or of many together: the sum over parts, and of what cannot be summed the worst. Owned by one thread.
final class QueueSample {
    private final Map<Reason, Long> dead = new EnumMap<>(Reason.class);
    private long ready;
    private long leased;
    private long waiting;
    private long failures;
    private long published;
    private long openings;
    private long redriven;
    private long oldestMillis = Long.MAX_VALUE;
    private long dueMillis = Long.MAX_VALUE;
    private int breaker;

    void add(QueueReport report) {
        ready += report.status().ready();
        leased += report.status().leased();
        waiting += report.status().delayed();
        published += report.status().published();
        failures += report.failures();
        openings += report.breaker().openings();
        report.dead().forEach(this::died);
        oldestMillis = earliest(oldestMillis, report.oldestReadyMillis());
        dueMillis = earliest(dueMillis, report.nextDueMillis());
        breaker = Math.max(breaker, state(report.breaker()));
    }

    void add(QueueSample other) {
        ready += other.ready;
        leased += other.leased;
        waiting += other.waiting;
        published += other.published;
        failures += other.failures;
        openings += other.openings;
        redriven += other.redriven;
        other.dead.forEach(this::died);
        oldestMillis = Math.min(oldestMillis, other.oldestMillis);
        dueMillis = Math.min(dueMillis, other.dueMillis);
        breaker = Math.max(breaker, other.breaker);
    }

    /// Being moved back is counted with the deaths, and is none.
    private void died(Reason reason, long count) {
        if (reason == Reason.REDRIVEN) {
            redriven += count;
        } else {
            dead.merge(reason, count, Long::sum);
        }
    }

    private static long earliest(long known, long reported) {
        return reported == 0 ? known : Math.min(known, reported);
    }

    private static int state(BreakerView view) {
        return switch (view.state()) {
            case State.CLOSED -> 0;
            case State.HALF_OPEN -> 1;
            case State.OPEN, State.FORCED_OPEN -> 2;
        };
    }

    /// Whether there is anything to tell.
    boolean isActive() {
        return ready + leased + waiting + failures + published + openings + redriven + breaker > 0
                || !dead.isEmpty();
    }

    long ready() {
        return ready;
    }

    long leased() {
        return leased;
    }

    long waiting() {
        return waiting;
    }

    long failures() {
        return failures;
    }

    /// Dead letters that were moved away from it.
    long redriven() {
        return redriven;
    }

    long openings() {
        return openings;
    }

    /// 0 closed, 1 half open, 2 open.
    int breaker() {
        return breaker;
    }

    Map<Reason, Long> dead() {
        return dead;
    }

    /// When the oldest ready message was published; `Long.MAX_VALUE`: there is none.
    long oldestMillis() {
        return oldestMillis;
    }

    /// When the next waiting message is ready; `Long.MAX_VALUE`: none waits.
    long dueMillis() {
        return dueMillis;
    }
}
