package io.sluice.conformance.torture.amqp;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One copy in one queue: who holds it, and since which of the broker's lives.
///
/// ```text
///               arrives                 settled
///   unknown ──────────────▶ held ──────────────────▶ settled
///               ▲            │ released                 │
///               └────────────┴──────────────────────────┘  in another life only
/// ```
///
/// Guarded by its [Lane].
final class Stay {
    private @Nullable Object holder;
    private int arrivedIn = Lives.NONE;
    private int settledIn = Lives.NONE;

    /// What an arrival was.
    enum Arrival {
        /// Nobody has seen it in this life of the broker.
        FIRST,
        /// Somebody has given it back.
        AGAIN,
        /// The kill came before the acknowledgement was durable.
        AFTER_ITS_ACKNOWLEDGEMENT,
        /// It comes from before a kill, and has come again since.
        TOO_LATE
    }

    /// The broker gives the copy to `by`.
    ///
    /// @param life the broker's life in which it does
    /// @param copy its name, for the violation
    /// @throws Violation if it must not
    Arrival arrives(Object by, int life, Lives lives, boolean redelivered, Supplier<String> copy) {
        if (arrivedIn > life) {
            return Arrival.TOO_LATE;
        }
        var arrival = arrivedIn == life ? Arrival.AGAIN : Arrival.FIRST;
        if (arrivedIn == life && holder != null) {
            throw new Violation(
                    Invariant.ONE_HOLDER_AT_A_TIME,
                    copy.get() + " is given to " + by + ", " + holder + " has it");
        }
        if (settledIn == life) {
            throw new Violation(
                    Invariant.AN_ACKNOWLEDGEMENT_IS_FINAL,
                    copy.get()
                            + " is given to "
                            + by
                            + ", it was acknowledged in the same life of the broker");
        }
        if (settledIn != Lives.NONE && lives.haveDrainedSince(settledIn)) {
            throw new Violation(
                    Invariant.AN_ACKNOWLEDGEMENT_IS_FINAL,
                    copy.get()
                            + " is given to "
                            + by
                            + ", the queue was empty since it was acknowledged");
        }
        if (arrival == Arrival.AGAIN && !redelivered) {
            throw new Violation(
                    Invariant.WHAT_COMES_AGAIN_SAYS_SO,
                    copy.get() + " is given to " + by + " as if it were new");
        }
        var settledBefore = settledIn != Lives.NONE;
        holder = by;
        arrivedIn = life;
        settledIn = Lives.NONE;
        return settledBefore ? Arrival.AFTER_ITS_ACKNOWLEDGEMENT : arrival;
    }

    /// Whoever has held it in `life` is about to give it back.
    void released(int life) {
        if (arrivedIn == life) {
            holder = null;
        }
    }

    /// Whoever has held it in `life` is about to acknowledge or to reject it.
    void settled(int life) {
        if (arrivedIn == life) {
            holder = null;
            settledIn = life;
        }
    }

    boolean hasArrived() {
        return arrivedIn != Lives.NONE;
    }
}
