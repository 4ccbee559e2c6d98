package io.sluice.transport;

/// What a listener speaks whose peers send a stream of bytes that only the dialect can cut.
@FunctionalInterface
public interface StreamProtocol {
    /// A peer connected. Called on the connection's loop, before its first byte.
    StreamSession open(StreamConnection connection);
}
