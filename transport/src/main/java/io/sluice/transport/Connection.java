package io.sluice.transport;

import java.net.InetSocketAddress;

/// One peer, as its session sees it.
public interface Connection {
    InetSocketAddress remote();

    /// The address the peer connected to.
    InetSocketAddress local();

    /// Runs `task` on the connection's loop, later. Nothing happens when the loop is gone.
    void execute(Runnable task);

    /// Ends the connection and logs once why. May be called on any thread.
    void hangUp(String reason);
}
