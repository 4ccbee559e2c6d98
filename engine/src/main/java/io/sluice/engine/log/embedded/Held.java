package io.sluice.engine.log.embedded;

import java.util.concurrent.atomic.AtomicInteger;

/// Something that its owner holds once and every reader once more, until the last of them lets go. Any thread may hold and let go.
abstract class Held {
    private final AtomicInteger holders = new AtomicInteger(1);

    /// @return false when it is too late
    final boolean hold() {
        for (var count = holders.get(); count > 0; count = holders.get()) {
            if (holders.compareAndSet(count, count + 1)) {
                return true;
            }
        }
        return false;
    }

    final void letGo() {
        var left = holders.decrementAndGet();
        assert left >= 0 : "let go as often as held";
        if (left == 0) {
            released();
        }
    }

    /// Whether nobody but the owner holds it.
    final boolean unread() {
        return holders.get() == 1;
    }

    /// Called once, by the last one, on its thread.
    abstract void released();
}
