package io.sluice.simulation;

/// What must never happen has happened.
public final class InvariantBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    /// @param invariant its name, such as `NoAcknowledgedByteIsLost`
    public InvariantBroken(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
