package io.sluice.dialect.kafka.admin;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Lets changes that read before they write go one after the other.
///
/// The port replaces all settings of a topic at once. Two clients that each add one setting at the same moment would
/// otherwise start from the same state, and one of two acknowledged settings would be gone. Nobody waits in a thread: who
/// finds the line empty begins at once, who ends his turn begins the next one. The line is as long as there are connections
/// at most, as each of them has its requests answered in order.
final class Turns {
    private final Queue<Consumer<Runnable>> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();

    /// @param turn begins with everybody before it done; it runs what it is given exactly once, when it has ended
    void take(Consumer<Runnable> turn) {
        line.add(turn);
        if (length.getAndIncrement() == 0) {
            begin();
        }
    }

    private void begin() {
        var turn = line.poll();
        assert turn != null : "whoever is counted stands in the line";
        turn.accept(this::end);
    }

    private void end() {
        if (length.decrementAndGet() > 0) {
            begin();
        }
    }
}
