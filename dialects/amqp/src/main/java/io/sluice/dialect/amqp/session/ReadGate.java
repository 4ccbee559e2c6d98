package io.sluice.dialect.amqp.session;

import io.sluice.transport.StreamConnection;
import java.util.EnumSet;
import java.util.Set;

/// Whether the connection's bytes are taken. Owned by its loop.
final class ReadGate {
    /// Why they are not.
    enum Reason {
        /// A large body waits for memory.
        MEMORY,
        /// Frames wait behind what their channels are busy with.
        DEFERRED,
        /// So much was published that the log has not taken yet.
        APPENDING
    }

    private final StreamConnection connection;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    ReadGate(StreamConnection connection) {
        this.connection = connection;
    }

    boolean isOpen() {
        return reasons.isEmpty();
    }

    void close(Reason reason) {
        boolean was = isOpen();
        if (reasons.add(reason) && was) {
            connection.pauseReading();
        }
    }

    /// @return true when this opened the gate
    boolean open(Reason reason) {
        if (!reasons.remove(reason) || !isOpen()) {
            return false;
        }
        connection.resumeReading();
        return true;
    }
}
