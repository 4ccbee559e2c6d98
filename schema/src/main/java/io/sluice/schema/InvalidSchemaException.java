package io.sluice.schema;

/// A text that is no schema, or one that is not taken; the message says why in one sentence.
public final class InvalidSchemaException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidSchemaException(String message) {
        super(message, null, false, false);
    }
}
