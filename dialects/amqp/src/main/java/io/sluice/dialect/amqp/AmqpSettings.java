package io.sluice.dialect.amqp;

import java.net.InetSocketAddress;

/// What an operator may choose about the AMQP dialect.
///
/// @param bind address and port to listen on; port 0 picks a free one
/// @param product,version what clients are told they talk to: some take features from it
/// @param channelMax channels of one connection, 1 to 65535
/// @param frameBytesMax the largest frame, overhead included, 4096 or more
/// @param heartbeatSeconds what is proposed to clients; 0: none
/// @param messageBytesMax the largest body that is taken
/// @param connectionsMax connections at one time
public record AmqpSettings(
        InetSocketAddress bind,
        String product,
        String version,
        int channelMax,
        int frameBytesMax,
        int heartbeatSeconds,
        int messageBytesMax,
        int connectionsMax) {
    public static final String RABBIT_PRODUCT = "RabbitMQ";
    public static final String RABBIT_VERSION = "4.1.0";
    public static final int CHANNEL_MAX = 2047;
    public static final int FRAME_BYTES_MAX = 131_072;
    public static final int HEARTBEAT_SECONDS = 60;
    public static final int MESSAGE_BYTES_MAX = 128 << 20;
    public static final int CONNECTIONS_MAX = 20_000;

    /// No peer may ask for smaller frames.
    public static final int FRAME_BYTES_LEAST = 4096;

    public AmqpSettings {
        if (channelMax < 1 || channelMax > 65_535 || frameBytesMax < FRAME_BYTES_LEAST) {
            throw new IllegalArgumentException("channels 1 to 65535, frames of 4096 bytes or more");
        }
    }

    /// RabbitMQ's defaults, on an address.
    public static AmqpSettings on(InetSocketAddress bind) {
        return new AmqpSettings(
                bind,
                RABBIT_PRODUCT,
                RABBIT_VERSION,
                CHANNEL_MAX,
                FRAME_BYTES_MAX,
                HEARTBEAT_SECONDS,
                MESSAGE_BYTES_MAX,
                CONNECTIONS_MAX);
    }
}
