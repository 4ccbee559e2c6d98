package io.sluice.transport;

/// One connection as its dialect sees it. All methods are called on the connection's loop and must not block.
public interface Session {
    /// A request came in.
    ///
    /// @param frame held by the exchange until it is answered; whoever needs it longer lends a part of it
    void received(Frame frame, Exchange exchange);

    /// The listener is stopping: nothing new will come in, what waits should be answered with what there is.
    void draining();

    /// The connection is gone. Exchanges that are open still want their answer, which is then dropped.
    void closed();
}
