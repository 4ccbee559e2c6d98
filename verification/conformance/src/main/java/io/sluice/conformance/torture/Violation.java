package io.sluice.conformance.torture;

/// A promise that was not kept.
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    public Violation(Invariant invariant, String what) {
        super(invariant + ": " + what);
    }

    public Violation(Invariant invariant, String what, Throwable cause) {
        super(invariant + ": " + what, cause);
    }
}
