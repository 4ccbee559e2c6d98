package io.sluice.simulation.disk;

/// The power went at a chosen boundary. An error and not an exception: no code under test may handle it.
public final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;

    PowerLoss(long boundary) {
        super("power lost at boundary " + boundary, null, false, false);
    }
}
