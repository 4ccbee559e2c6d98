package io.sluice.engine.drive;

/// What works in turns. One thread at a time calls it, not always the same.
public interface Driven {
    /// [#idleNanos] of what waits for no time.
    long NEVER = Long.MAX_VALUE;

    /// Does what there is to do now, in bounded steps.
    ///
    /// @return whether there was anything, so that another turn may find more
    boolean turn();

    /// How long nothing will be due, in nanoseconds; [#NEVER] when nothing waits for a time.
    default long idleNanos() {
        return NEVER;
    }

    /// Whether a host may do what waits now. Any thread.
    default boolean isLittle() {
        return true;
    }

    /// True after the last turn.
    default boolean finished() {
        return false;
    }
}
