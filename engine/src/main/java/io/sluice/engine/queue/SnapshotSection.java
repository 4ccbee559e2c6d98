package io.sluice.engine.queue;

import java.nio.ByteBuffer;

/// A part of a queue's state that a snapshot holds behind all else, with its length: one that a later version has added is passed over by those that do
/// not know it.
interface SnapshotSection {
    /// What stands for it where it is stored; never used for anything else.
    int id();

    /// An upper bound of what [#write] puts; 0: there is nothing to write.
    int bytesMax();

    void write(ByteBuffer into);

    /// @param from exactly what [#write] put
    void read(ByteBuffer from);
}
