package io.sluice.admin.management;

import io.sluice.broker.BrokerError;

/// The broker refused what a call needs. Becomes an answer by [Refusals], unless the call knows better words.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient BrokerError error;

    public RefusedException(BrokerError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public BrokerError error() {
        return error;
    }
}
