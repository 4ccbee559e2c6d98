package io.sluice.dialect.kafka.data;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts the replies of one request that are still missing, and runs `done` with the last one. What the replies wrote before they
/// [#arrived] is seen by `done`, whatever threads they came on.
final class Missing {
    private final AtomicInteger count;
    private final Runnable done;

    /// One more than there are replies is missing at first: the request itself arrives when all is asked.
    Missing(Runnable done) {
        this.count = new AtomicInteger(1);
        this.done = done;
    }

    void one() {
        count.incrementAndGet();
    }

    void arrived() {
        if (count.decrementAndGet() == 0) {
            done.run();
        }
    }
}
