package io.sluice.transport.http;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Where to listen for HTTP, and what one listener bears.
///
/// @param bind address and port; port 0 picks a free one
/// @param connectionsMax connections at one time; further ones are closed at once
/// @param headerBytesMax what the request line may have, and again all headers together; 431 beyond
/// @param bodyBytesMax 413 beyond
/// @param openMax requests of one connection that may wait for their answers before it is read on
/// @param idleMax a connection without an open request and without traffic for this long is closed
/// @param arrivalMax how long a request may take from its first byte to its last
public record HttpListenerSettings(
        InetSocketAddress bind,
        int connectionsMax,
        int headerBytesMax,
        int bodyBytesMax,
        int openMax,
        Duration idleMax,
        Duration arrivalMax) {
    public HttpListenerSettings {
        if (connectionsMax < 1
                || headerBytesMax < 1
                || bodyBytesMax < 0
                || openMax < 1
                || idleMax.toMillis() < 1
                || arrivalMax.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a listener needs room for a request, a connection and a moment");
        }
    }

    /// With 16 KiB of headers, 16 open requests a connection, a minute and a half of idleness and half a minute for a request to come in.
    public static HttpListenerSettings of(
            InetSocketAddress bind, int connectionsMax, int bodyBytesMax) {
        return new HttpListenerSettings(
                bind,
                connectionsMax,
                16 * 1024,
                bodyBytesMax,
                16,
                Duration.ofSeconds(90),
                Duration.ofSeconds(30));
    }
}
