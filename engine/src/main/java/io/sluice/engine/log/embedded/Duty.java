package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Driven;

/// Work of the store that comes in turns. A driver takes them in production; a simulator calls it directly.
@FunctionalInterface
public interface Duty extends Driven {
    /// Called when there has been nothing to do for a while.
    default void rest() {}
}
