package io.sluice.transport;

/// What a listener speaks.
@FunctionalInterface
public interface Protocol {
    /// A peer connected. Called on the connection's loop, before its first frame.
    Session open(Connection connection);
}
