package io.sluice.engine.shard;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The fetches that wait for one partition. Entering and leaving take constant time. Owned by its shard's loop.
final class Waiters {
    private @Nullable Waiter first;

    /// One fetch's place in the line.
    static final class Waiter {
        private final FetchOperation fetch;
        private final Waiters line;
        private @Nullable Waiter previous;
        private @Nullable Waiter next;

        private Waiter(FetchOperation fetch, Waiters line) {
            this.fetch = fetch;
            this.line = line;
        }

        void leave() {
            line.remove(this);
        }
    }

    Waiter enter(FetchOperation fetch) {
        var waiter = new Waiter(fetch, this);
        waiter.next = first;
        if (first != null) {
            first.previous = waiter;
        }
        first = waiter;
        return waiter;
    }

    boolean isEmpty() {
        return first == null;
    }

    /// Tells everybody that `bytes` more can be read. Those whose wait ends are added to `ended`, for the caller to run.
    void grew(long bytes, ArrayDeque<FetchOperation> ended) {
        for (var waiter = first; waiter != null; waiter = waiter.next) {
            if (waiter.fetch.isOver()) {
                remove(waiter);
            } else if (waiter.fetch.grew(bytes)) {
                ended.add(waiter.fetch);
            }
        }
    }

    /// Ends every wait.
    void end(ArrayDeque<FetchOperation> ended) {
        for (var waiter = first; waiter != null; waiter = waiter.next) {
            if (waiter.fetch.hurry()) {
                ended.add(waiter.fetch);
            }
        }
    }

    private void remove(Waiter waiter) {
        if (waiter.next != null) {
            waiter.next.previous = waiter.previous;
        }
        if (waiter.previous != null) {
            waiter.previous.next = waiter.next;
        } else {
            first = waiter.next;
        }
    }
}
