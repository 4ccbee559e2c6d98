package io.sluice.dialect.amqp.session;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What other threads tell one session: any may put, its loop takes all at once. However many come, the loop is woken once.
final class Inbox {
    private final AtomicReference<@Nullable Event> latest = new AtomicReference<>();
    private final Runnable wake;

    /// @param wake makes the loop take what is there; called on the thread that found the box empty
    Inbox(Runnable wake) {
        this.wake = wake;
    }

    void put(Event event) {
        Event before;
        do {
            before = latest.get();
            event.next = before;
        } while (!latest.compareAndSet(before, event));
        if (before == null) {
            wake.run();
        }
    }

    /// Everything that came, the first one first, linked by [Event#next]; null when there is nothing.
    @Nullable Event takeAll() {
        var from = latest.getAndSet(null);
        Event first = null;
        while (from != null) {
            var behind = from.next;
            from.next = first;
            first = from;
            from = behind;
        }
        return first;
    }
}
