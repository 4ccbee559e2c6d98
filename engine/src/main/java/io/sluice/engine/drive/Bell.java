package io.sluice.engine.drive;

/// Tells whoever takes the turns of something that there is work. Any thread; the work can be seen before the bell rings.
@FunctionalInterface
public interface Bell {
    void ring();

    /// Rings for somebody who cannot go on before a turn has been taken: the turn is not his to take.
    default void insist() {
        ring();
    }
}
