package io.sluice.transport;

import io.netty.buffer.ByteBufAllocator;

/// The answer to one request, encoded when it is handed to the connection's loop. Exactly one of the methods is called, once, on
/// that loop (or on the answering thread when the loop is gone).
public interface Answer {
    /// The bytes to send. What it throws ends the connection, as the peer would wait for this answer for ever.
    Outgoing encode(ByteBufAllocator memory);

    /// The connection is gone: gives back what the answer holds.
    void drop();
}
