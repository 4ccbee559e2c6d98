package io.sluice.schema;

/// A value that is not what its schema says; the message says where and why. Thrown and caught within the walk over one value.
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidValueException(String message) {
        super(message, null, false, false);
    }

    /// The same from one level further up.
    public InvalidValueException within(String place) {
        var message = String.valueOf(getMessage());
        boolean isPlaced = message.startsWith("/");
        return new InvalidValueException("/" + place + (isPlaced ? "" : ": ") + message);
    }
}
