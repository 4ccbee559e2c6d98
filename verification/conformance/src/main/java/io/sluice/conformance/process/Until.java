package io.sluice.conformance.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waiting for a condition, with a deadline: the only place of these tests in which time passes on purpose.
public final class Until {
    /// Long enough for a loaded machine with two cores, short enough that a hang is noticed.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = 10_000_000;

    private Until() {}

    /// Returns as soon as `condition` holds.
    ///
    /// @throws AssertionError after [#PATIENCE]
    public static void holds(String what, Callable<Boolean> condition) {
        holds(what, PATIENCE, condition, () -> "");
    }

    /// Returns as soon as `condition` holds. An exception of the condition is "not yet".
    ///
    /// @param explain asked once, when the deadline has passed, for what the failure should show
    /// @throws AssertionError when `patience` is over
    public static void holds(
            String what, Duration patience, Callable<Boolean> condition, Supplier<String> explain) {
        var deadline = System.nanoTime() + patience.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw new AssertionError(
                "Not within " + patience.toSeconds() + " s: " + what + ". " + explain.get(), last);
    }
}
