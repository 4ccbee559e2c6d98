package io.sluice.transport;

import io.netty.buffer.ByteBuf;

/// One peer of a [StreamProtocol], as its session sees it. Everything but what [Connection] has is for the connection's loop alone.
public interface StreamConnection extends Connection {
    /// Memory of the network's to write into; it grows when more is written. Whoever asked for it hands it to [#write] or releases it.
    ByteBuf allocate(int bytes);

    /// Takes the bytes over, to be sent behind those of all earlier calls. Nothing leaves before [#flush]. After the end they are released.
    void write(ByteBuf bytes);

    /// What was written leaves soon: all flushes of one turn of the loop are one.
    void flush();

    /// False while the peer leaves too much of what was written unread: whoever can wait stops writing until
    /// [StreamSession#writabilityChanged].
    boolean isWritable();

    /// Nothing is received until [#resumeReading]; what the call in progress brought is still the session's to take.
    void pauseReading();

    void resumeReading();

    /// Runs `task` on the loop after `delayMillis`; never once the connection is gone.
    Cancellable schedule(Runnable task, long delayMillis);

    /// Whether this is the loop's thread, at the loop's own work.
    boolean inLoop();

    /// The peer is known: from now on it may send as much as it wants, for as long as it wants.
    void authenticated();

    /// Takes bytes from the process's [MemoryBudget] before memory is allocated for them. Waits in line when there are too few: then
    /// `granted` runs later, on the loop, when they are there; not when the connection is gone by then. One may wait at a time.
    ///
    /// @return whether they were there at once; `granted` is then not run
    boolean reserve(int bytes, Runnable granted);

    /// Gives back what was reserved, in parts or whole. The session does so for all it took, the latest in [StreamSession#closed]. On any
    /// thread.
    void release(int bytes);

    /// Sends what was written, then ends the connection; at once when the peer does not take it within some seconds.
    void close();
}
