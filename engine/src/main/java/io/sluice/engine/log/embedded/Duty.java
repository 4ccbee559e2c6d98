package io.sluice.engine.log.embedded;

/// Work that comes in turns. A thread drives it in production; a simulator calls it directly.
@FunctionalInterface
public interface Duty {
    /// Does what there is to do now, in bounded steps.
    ///
    /// @return true when something was done, so that another turn may find more
    boolean turn();

    /// Whether a host may do what waits now. Any thread.
    default boolean isLittle() {
        return true;
    }

    /// Called when there has been nothing to do for a while.
    default void rest() {}
}
