package io.sluice.engine.log;

import io.sluice.base.Slices;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A handle on one log. Appends come from one thread (the log's writer); the other methods from any.
public interface Log {
    String name();

    /// Appends a chunk, which gets the position [#next] had at the call. Returns at once; the chunk's own completion tells how it
    /// ended. Chunks complete in the order of appending. After one failed, all later ones of this handle fail too: open the
    /// log again to go on (a full disk), or stop (a failed force).
    void append(Chunk chunk);

    /// The position that the next chunk will get.
    long next();

    /// The position behind the last durable byte.
    long end();

    /// The position of the first byte that is still kept.
    long start();

    /// The durable bytes from `position` on, at least one and at most `max` of them, without copying where possible; empty at [#end].
    ///
    /// @throws TrimmedException when `position` lies before [#start]
    /// @throws CorruptDataException when the stored bytes are found damaged
    Slices read(long position, int max) throws IOException;

    /// Copies durable bytes from `position` on into `into`, verified against the stored checksums where they cover it, until it is
    /// full or the log ends.
    ///
    /// @return how many bytes, 0 at the end
    int read(long position, ByteBuffer into) throws IOException;

    /// Gives up all bytes before `position`. Durable some time later: after a crash they may be there again.
    void trim(long before);
}
