package io.sluice.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Where to listen, and what one listener bears.
///
/// @param bind address and port; port 0 picks a free one
/// @param frameBytesMax the largest frame that is read, in bytes without its length prefix
/// @param connectionsMax connections at one time; further ones are closed at once
/// @param idleMax a connection without traffic or open request for this long is closed
public record ListenerSettings(
        InetSocketAddress bind, int frameBytesMax, int connectionsMax, Duration idleMax) {
    public ListenerSettings {
        if (frameBytesMax < 1 || connectionsMax < 1 || idleMax.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a listener needs room for a frame, a connection and a moment");
        }
    }
}
