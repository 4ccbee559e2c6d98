package io.sluice.broker.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// One open connection. Every method may be called on any thread; what it returns is a little old.
public interface ClientConnection {
    /// As RabbitMQ names them: `127.0.0.1:53210 -> 127.0.0.1:5672`.
    String name();

    String user();

    String namespace();

    /// `AMQP 0-9-1`.
    String protocol();

    InetSocketAddress peer();

    InetSocketAddress local();

    long connectedMillis();

    int channelMax();

    int frameBytesMax();

    int heartbeatSeconds();

    /// `running`, `blocked`, ...
    String state();

    /// What the client said of itself; values as JSON text.
    Map<String, String> clientProperties();

    long bytesReceived();

    long bytesSent();

    List<Channel> channels();

    /// Ends it, telling the client why in its protocol's words.
    void close(String reason);

    /// @param owner under which [io.sluice.broker.queue.Consumer#owner] its consumers are known
    record Channel(
            int number,
            long owner,
            boolean confirms,
            boolean transactional,
            int prefetch,
            int prefetchGlobal,
            long unsettled,
            long unconfirmed,
            int consumers,
            long published,
            long delivered,
            long settled) {}
}
