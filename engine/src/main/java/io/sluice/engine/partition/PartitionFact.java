package io.sluice.engine.partition;

import java.nio.ByteBuffer;

/// What a shard's state log says of a partition. Applied when durable, in order, live and on recovery alike.
///
/// The encoding says neither which partition it is of nor how long it is, and has no checksum: the state log's frame does. It is drawn in
/// docs/formats/partition.md.
public sealed interface PartitionFact {
    /// All records before `offset` are gone.
    record StartMoved(long offset) implements PartitionFact {}

    /// Everything before offset `before` is in the clean log of that generation; the tail starts at `tailPosition`.
    ///
    /// @param bytes length of the clean log
    record Compacted(long generation, long before, long tailPosition, long bytes, OffsetIndex index)
            implements PartitionFact {}

    /// All there is to know up to a position of the tail.
    record Checkpointed(PartitionCheckpoint checkpoint) implements PartitionFact {}

    /// How many bytes [#encode] takes.
    default int encodedBytes() {
        return FactCodec.bytes(this);
    }

    /// Writes the fact from the buffer's position on.
    default void encode(ByteBuffer into) {
        FactCodec.write(this, into);
    }

    /// Reads the fact that fills the buffer from position to limit.
    ///
    /// @throws IllegalArgumentException for bytes that no version up to this one has written
    static PartitionFact decode(ByteBuffer from) {
        return FactCodec.read(from);
    }
}
