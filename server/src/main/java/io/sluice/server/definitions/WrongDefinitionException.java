package io.sluice.server.definitions;

/// A definitions file says what cannot be.
public final class WrongDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message file, line and sentence
    WrongDefinitionException(String message) {
        super(message);
    }
}
