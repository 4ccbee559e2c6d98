package io.sluice.transport;

import io.netty.buffer.ByteBuf;

/// One connection of a [StreamProtocol] as its dialect sees it. All methods are called on the connection's loop and must not block.
public interface StreamSession {
    /// Some bytes came in, cut anywhere. They lie in memory that the next read overwrites: whoever needs them longer copies them. Never
    /// released by the session.
    void received(ByteBuf bytes);

    /// What the socket had was read; the next bytes come after a while. Where what belongs together is handed on together.
    void readComplete();

    /// [StreamConnection#isWritable] is another.
    void writabilityChanged();

    /// The listener is stopping: the session says goodbye in its own words and closes. What is left at the listener's deadline is ended.
    void draining();

    /// The connection is gone; the last call. What the session holds goes back now.
    void closed();
}
