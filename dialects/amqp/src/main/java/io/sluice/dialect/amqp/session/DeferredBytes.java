package io.sluice.dialect.amqp.session;

/// How much waits for busy channels of one connection. When that is too much, nothing more is read. Owned by the connection's loop.
final class DeferredBytes {
    private static final long BYTES_MAX = 1L << 20;

    private final ReadGate gate;
    private final Runnable onGateOpen;
    private long bytes;

    DeferredBytes(ReadGate gate, Runnable onGateOpen) {
        this.gate = gate;
        this.onGateOpen = onGateOpen;
    }

    void add(long more) {
        bytes += more;
        if (bytes > BYTES_MAX) {
            gate.close(ReadGate.Reason.DEFERRED);
        }
    }

    void remove(long less) {
        bytes -= less;
        if (bytes <= BYTES_MAX / 2 && gate.open(ReadGate.Reason.DEFERRED)) {
            onGateOpen.run();
        }
    }
}
