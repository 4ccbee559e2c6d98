package io.sluice.transport;

/// Something that will happen unless it is cancelled before.
@FunctionalInterface
public interface Cancellable {
    /// On the connection's loop only. Too late or twice does no harm.
    void cancel();
}
