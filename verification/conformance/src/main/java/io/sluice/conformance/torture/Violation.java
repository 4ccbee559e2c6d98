package io.sluice.conformance.torture;

/// A promise that was not kept.
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(Invariant invariant, String what) {
        super(invariant + ": " + what);
    }

    Violation(Invariant invariant, String what, Throwable cause) {
        super(invariant + ": " + what, cause);
    }
}
