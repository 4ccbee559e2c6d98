package io.sluice.conformance.torture.policies;

import io.sluice.conformance.torture.Lives;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One message, and what has become of it. Guarded by its [Ledger].
final class Job {
    /// How its workers do with it.
    enum Kind {
        /// It works.
        SOUND,
        /// It fails once or twice.
        FLAKY,
        /// It fails until it is repaired.
        POISON,
        /// It is rejected until it is repaired.
        REFUSED
    }

    final Kind kind;
    final int failuresWanted;
    int failures;
    int arrivals;
    boolean confirmed;

    /// Seen among the dead letters: whatever was wrong with it is repaired.
    boolean repaired;

    /// Settled at some time, or perhaps.
    boolean processed;

    int settledIn = Lives.NONE;

    /// Who holds it by AMQP, in which life; null: nobody that is known of.
    @Nullable String holder;

    int heldIn = Lives.NONE;

    /// Not to come again before this, in the life in which it failed.
    long notBeforeNanos;

    int failedIn = Lives.NONE;

    private Job(Kind kind, int failuresWanted) {
        this.kind = kind;
        this.failuresWanted = failuresWanted;
    }

    static Job draw(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> new Job(Kind.POISON, Integer.MAX_VALUE);
            case 1 -> new Job(Kind.REFUSED, Integer.MAX_VALUE);
            case 2, 3, 4 -> new Job(Kind.FLAKY, 1 + random.nextInt(2));
            default -> new Job(Kind.SOUND, 0);
        };
    }

    boolean isToFail() {
        return !repaired && failures < failuresWanted;
    }

    boolean isOpen() {
        return confirmed && !processed;
    }
}
