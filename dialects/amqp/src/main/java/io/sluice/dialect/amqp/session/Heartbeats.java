package io.sluice.dialect.amqp.session;

import io.sluice.transport.Cancellable;
import io.sluice.transport.StreamConnection;
import org.jspecify.annotations.Nullable;

/// Shows a quiet peer that this side is alive, and finds out whether it is. Any traffic counts. Owned by the connection's loop.
///
/// Ticks twice per agreed interval: whoever sent nothing for half of it sends a heartbeat, whoever heard nothing for two is alone.
final class Heartbeats implements Runnable {
    private static final int TICKS_PER_INTERVAL = 2;
    private static final int SILENT_TICKS_MAX = 2 * TICKS_PER_INTERVAL;
    private static final int MILLIS_PER_SECOND = 1000;

    private final StreamConnection connection;
    private final Output output;
    private final ReadGate gate;
    private long tickMillis;
    private int silentTicks;
    private @Nullable Cancellable next;

    Heartbeats(StreamConnection connection, Output output, ReadGate gate) {
        this.connection = connection;
        this.output = output;
        this.gate = gate;
    }

    void start(int intervalSeconds) {
        if (intervalSeconds > 0) {
            tickMillis = (long) intervalSeconds * MILLIS_PER_SECOND / TICKS_PER_INTERVAL;
            next = connection.schedule(this, tickMillis);
        }
    }

    void stop() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    void heard() {
        silentTicks = 0;
    }

    @Override
    public void run() {
        // A peer that is not listened to cannot be heard.
        silentTicks = gate.isOpen() ? silentTicks + 1 : 0;
        if (silentTicks > SILENT_TICKS_MAX) {
            connection.hangUp("missed heartbeats from client");
            return;
        }
        if (!output.wroteSinceTick()) {
            output.heartbeat();
            output.flush();
            output.wroteSinceTick();
        }
        next = connection.schedule(this, tickMillis);
    }
}
