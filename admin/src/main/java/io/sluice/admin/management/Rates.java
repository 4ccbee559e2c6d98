package io.sluice.admin.management;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How fast a few counters grow, from samples of them. Owned by the loop.
final class Rates {
    /// What rates are taken over, when there are samples so old.
    private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(4);

    /// Below it a rate would say more of the clock than of the counter.
    private static final long SPAN_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int KEPT = 6;

    private final Deque<Sample> latestFirst = new ArrayDeque<>();

    private static final class Sample {
        private final long nanos;
        private final long[] counters;

        Sample(long nanos, long[] counters) {
            this.nanos = nanos;
            this.counters = counters;
        }
    }

    /// Notes the counters' present values and gives how much each grew per second of late.
    double[] observe(long nowNanos, long... counters) {
        var before = before(nowNanos);
        var rates = new double[counters.length];
        if (before != null) {
            double seconds = (nowNanos - before.nanos) / 1e9;
            for (int i = 0; i < rates.length; i++) {
                rates[i] = Math.round(10 * (counters[i] - before.counters[i]) / seconds) / 10.0;
            }
        }
        note(new Sample(nowNanos, counters));
        return rates;
    }

    /// The latest sample that is old enough, else the oldest; null when that is too young.
    private @Nullable Sample before(long nowNanos) {
        for (var sample : latestFirst) {
            if (nowNanos - sample.nanos >= SPAN_NANOS) {
                return sample;
            }
        }
        var oldest = latestFirst.peekLast();
        return oldest == null || nowNanos - oldest.nanos < SPAN_NANOS_MIN ? null : oldest;
    }

    /// Samples that come faster than they are needed replace each other, so that the kept ones reach back far enough.
    private void note(Sample sample) {
        var latest = latestFirst.pollFirst();
        var older = latestFirst.peekFirst();
        if (latest != null && (older == null || latest.nanos - older.nanos >= SPAN_NANOS / 4)) {
            latestFirst.addFirst(latest);
        }
        latestFirst.addFirst(sample);
        if (latestFirst.size() > KEPT) {
            latestFirst.removeLast();
        }
    }
}
