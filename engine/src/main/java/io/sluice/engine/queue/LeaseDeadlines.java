package io.sluice.engine.queue;

/// When the leases of a queue end by themselves, the earliest first. Owned by its queue's state.
///
/// Deadlines of leases that have ended stay in until they come up, or until they are more than those that have not.
final class LeaseDeadlines {
    private static final int STALE_MAX = 64;

    private final DueHeap deadlines = new DueHeap();
    private final Leases leases;

    LeaseDeadlines(Leases leases) {
        this.leases = leases;
    }

    /// Also of leases that have ended.
    int size() {
        return deadlines.size();
    }

    /// When the first lease may end by itself, wall clock; `Long.MAX_VALUE` when none will.
    long nextMillis() {
        while (!deadlines.isEmpty() && !isCurrent(deadlines.firstDue(), deadlines.firstOffset())) {
            deadlines.removeFirst();
        }
        return deadlines.firstDue();
    }

    /// The lease whose deadline is [#nextMillis].
    long nextOffset() {
        return deadlines.firstOffset();
    }

    /// A lease has that deadline from now on, if any.
    void add(long offset, long deadlineMillis) {
        if (deadlineMillis <= 0) {
            return;
        }
        if (deadlines.size() < 2 * leases.size() + STALE_MAX) {
            deadlines.add(deadlineMillis, offset, 0);
        } else {
            deadlines.replaceBy(leases);
        }
    }

    private boolean isCurrent(long dueMillis, long offset) {
        int slot = leases.find(offset);
        return slot >= 0 && leases.deadlineMillis(slot) == dueMillis;
    }
}
