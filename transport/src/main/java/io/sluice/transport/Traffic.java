package io.sluice.transport;

import java.util.concurrent.atomic.LongAdder;

/// What went through a listener since it was opened, counted by its loops and read by whoever shows it.
public final class Traffic {
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();

    void received(long bytes) {
        bytesReceived.add(bytes);
    }

    void sent(long bytes) {
        bytesSent.add(bytes);
    }

    void request() {
        requests.increment();
    }

    void refusedConnection() {
        refusedConnections.increment();
    }

    public long bytesReceived() {
        return bytesReceived.sum();
    }

    /// Bytes of answers handed to the socket.
    public long bytesSent() {
        return bytesSent.sum();
    }

    public long requests() {
        return requests.sum();
    }

    /// Connections closed at once, as there were too many already.
    public long refusedConnections() {
        return refusedConnections.sum();
    }
}
