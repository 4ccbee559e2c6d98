package io.sluice.transport;

import java.net.InetSocketAddress;

/// Where to listen for a [StreamProtocol], and what one listener bears.
///
/// @param bind address and port; port 0 picks a free one
/// @param bytesPerRead as many as one call of [StreamSession#received] brings at most
/// @param connectionsMax connections at one time; further ones are closed at once
/// @param strangerMillisMax how long a connection may last before it is [StreamConnection#authenticated]
/// @param strangerBytesMax what it may send until then
public record StreamListenerSettings(
        InetSocketAddress bind,
        int bytesPerRead,
        int connectionsMax,
        long strangerMillisMax,
        int strangerBytesMax) {
    public StreamListenerSettings {
        if (bytesPerRead < 1
                || connectionsMax < 1
                || strangerMillisMax < 1
                || strangerBytesMax < 1) {
            throw new IllegalArgumentException(
                    "a listener needs room for a byte, a connection and a moment");
        }
    }

    /// With 64 KiB a read, and 64 KiB and 10 s for strangers.
    public static StreamListenerSettings of(InetSocketAddress bind, int connectionsMax) {
        return new StreamListenerSettings(bind, 64 * 1024, connectionsMax, 10_000, 64 * 1024);
    }
}
