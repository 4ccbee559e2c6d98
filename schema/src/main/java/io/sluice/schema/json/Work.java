package io.sluice.schema.json;

/// How much may still be done for one value. Owned by the thread that looks at the value.
final class Work {
    /// Of whichever value this thread is looking at: the validator hands its patterns nothing but texts.
    static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    /// Steps of a pattern over a text: a few dozen milliseconds.
    private static final long STEPS_MAX = 4_000_000;

    private long left = STEPS_MAX;

    /// @throws SpentException when there is not so much left
    void take(long steps) {
        left -= steps;
        if (left < 0) {
            throw new SpentException();
        }
    }

    /// The value would take too long; thrown through the validator.
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SpentException() {
            super("the schema's patterns take too long on this value", null, false, false);
        }
    }
}
