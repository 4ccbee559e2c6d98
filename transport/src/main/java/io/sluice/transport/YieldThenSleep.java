package io.sluice.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/// Has a loop give way to other threads a few times, and look at its sockets again, before it sleeps.
///
/// ```text
///   nothing to do ──▶ yield, look ──▶ yield, look ──▶ ... ──▶ sleep
///                        └── something came: work ──▶
/// ```
///
/// Where client and broker share the processors, those who get their turn are most often those who bring the next work: it is then taken in larger portions, and nobody pays
/// for waking the loop. After looking in vain the loop goes to sleep at once the next time, then two times, and so on up to [#SLEEPS_MAX]: a loop with little to do spends
/// next to nothing on this, an idle one nothing. Used by the loop's thread alone.
final class YieldThenSleep implements SelectStrategy {
    static final int YIELDS = 16;
    static final int SLEEPS_MAX = 64;

    private int yields;
    private int vain;
    private int sleeps;

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only saves wakings
    public int calculateStrategy(IntSupplier lookNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            workCame();
            return lookNow.get();
        }
        if (sleeps > 0) {
            sleeps--;
            return SELECT;
        }
        int ready = lookNow.get();
        if (ready > 0) {
            workCame();
            return ready;
        }
        if (yields < YIELDS) {
            yields++;
            Thread.yield();
            return CONTINUE;
        }
        yields = 0;
        vain = Math.clamp(2L * vain, 1, SLEEPS_MAX);
        sleeps = vain;
        return SELECT;
    }

    private void workCame() {
        if (yields > 0) {
            yields = 0;
            vain = 0;
        }
    }
}
