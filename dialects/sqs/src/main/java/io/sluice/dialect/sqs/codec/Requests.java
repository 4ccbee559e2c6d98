package io.sluice.dialect.sqs.codec;

/// Requests as operations.
public final class Requests {
    private Requests() {}

    /// Understands a request, or says what is wrong with it.
    public static Decoded decode(Wire wire, RawRequest request) {
        throw new UnsupportedOperationException("to come: " + wire + request);
    }
}
