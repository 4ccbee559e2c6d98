package io.sluice.dialect.amqp.codec;

/// Carries a reason out of the depths of a decoder to the place that makes a value of it. Never leaves this package.
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
