package io.sluice.simulation.queue;

/// That a client has a message, as it knows.
final class Hold {
    /// Until when for somebody whose connection is all that limits it.
    static final long WHILE_CONNECTED = Long.MAX_VALUE;

    final Object holder;
    final ModelMessage message;

    /// Wall clock: until then for certain.
    long untilMillis;

    /// Wall clock: it was handed out no earlier.
    long sinceMillis;

    /// How many receipts were shown for it.
    int shown;

    Hold(Object holder, ModelMessage message, long untilMillis) {
        this.holder = holder;
        this.message = message;
        this.untilMillis = untilMillis;
    }
}
