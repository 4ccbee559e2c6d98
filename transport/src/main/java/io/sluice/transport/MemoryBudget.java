package io.sluice.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that requests in flight may take, all connections together.
///
/// Bytes are reserved before memory is allocated for them. Who finds nothing left waits in line: first come, first
/// served, so that a large request is not starved by small ones. The line holds at most one entry per connection.
///
/// Used by all event loops and by whoever releases a frame. Only those who have to wait take the lock.
public final class MemoryBudget {
    private final long bytesMax;
    private final AtomicLong free;
    private final Queue<Waiter> line = new ArrayDeque<>();

    /// How many wait; written under the lock, read without it to see whether there is a line.
    private volatile int waiting;

    /// @param bytesMax larger than the largest single frame, or that one would wait for ever
    public MemoryBudget(long bytesMax) {
        this.bytesMax = bytesMax;
        this.free = new AtomicLong(bytesMax);
    }

    /// Everything there is to give.
    public long bytesMax() {
        return bytesMax;
    }

    /// Bytes that are reserved now.
    public long bytesUsed() {
        return bytesMax - free.get();
    }

    /// Takes `bytes` unless there are too few or somebody is in line already.
    boolean reserve(int bytes) {
        return waiting == 0 && take(bytes);
    }

    /// Takes `bytes` even if that overdraws the budget: for the few that were read before it was known.
    void overdraw(int bytes) {
        free.addAndGet(-bytes);
    }

    /// Gets in line for `bytes`. `granted` runs once they are reserved, on the thread that released them or on this one.
    Waiter await(int bytes, Runnable granted) {
        var waiter = new Waiter(bytes, granted);
        synchronized (line) {
            line.add(waiter);
            waiting = line.size();
        }
        serve();
        return waiter;
    }

    /// Gives back what was reserved.
    void release(int bytes) {
        free.addAndGet(bytes);
        if (waiting > 0) {
            serve();
        }
    }

    private boolean take(int bytes) {
        while (true) {
            var before = free.get();
            if (before < bytes) {
                return false;
            }
            if (free.compareAndSet(before, before - bytes)) {
                return true;
            }
        }
    }

    private void serve() {
        List<Waiter> served = new ArrayList<>();
        synchronized (line) {
            for (var next = line.peek(); next != null && take(next.bytes); next = line.peek()) {
                served.add(line.remove());
            }
            waiting = line.size();
        }
        served.forEach(waiter -> waiter.granted.run());
    }

    /// A place in the line.
    final class Waiter {
        private final int bytes;
        private final Runnable granted;

        private Waiter(int bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        /// Leaves the line.
        ///
        /// @return false when the bytes were granted already: whoever asked for them gives them back
        boolean leave() {
            boolean left;
            synchronized (line) {
                left = line.remove(this);
                waiting = line.size();
            }
            if (left) {
                // Who stood behind may fit where this one did not.
                serve();
            }
            return left;
        }
    }
}
