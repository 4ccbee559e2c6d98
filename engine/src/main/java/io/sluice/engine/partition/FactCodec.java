package io.sluice.engine.partition;

import io.sluice.base.Varint;
import io.sluice.engine.partition.PartitionFact.Checkpointed;
import io.sluice.engine.partition.PartitionFact.Compacted;
import io.sluice.engine.partition.PartitionFact.StartMoved;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// Facts as bytes: two bytes that say which, then nothing but varints.
///
/// ```text
///   ┌─────────┬──────┬───────────────────────────────────────────────────────────────────────────────────┐
///   │ version │ kind │ 1 StartMoved     offset                                                           │
///   │   = 1   │  u8  │ 2 Compacted      generation, before, tail position, bytes, index                  │
///   │   u8    │      │ 3 Checkpointed   start, next, tail position, tail start,                          │
///   │         │      │                  generation, clean before, clean bytes, tail index, clean index,  │
///   │         │      │                  producers; with version 2 also references                         │
///   └─────────┴──────┴───────────────────────────────────────────────────────────────────────────────────┘
/// ```
final class FactCodec {
    private static final byte VERSION = 1;

    /// Of a checkpoint that speaks of references; one that does not stays readable for older programs.
    private static final byte WITH_REFERENCES = 2;
    private static final byte START_MOVED = 1;
    private static final byte COMPACTED = 2;
    private static final byte CHECKPOINTED = 3;

    private FactCodec() {}

    static int bytes(PartitionFact fact) {
        var sum = new Sum();
        describe(fact, sum);
        return 2 + sum.bytes;
    }

    static void write(PartitionFact fact, ByteBuffer into) {
        into.put(version(fact));
        into.put(
                switch (fact) {
                    case StartMoved _ -> START_MOVED;
                    case Compacted _ -> COMPACTED;
                    case Checkpointed _ -> CHECKPOINTED;
                });
        describe(fact, number -> Varint.write(number, into));
    }

    static PartitionFact read(ByteBuffer from) {
        byte version = from.remaining() < 2 ? 0 : from.get();
        byte kind = version == 0 ? 0 : from.get();
        if (version != VERSION && (version != WITH_REFERENCES || kind != CHECKPOINTED)) {
            throw new IllegalArgumentException("a partition's fact of an unknown version");
        }
        LongSupplier in = () -> Varint.read(from);
        return switch (kind) {
            case START_MOVED -> new StartMoved(in.getAsLong());
            case COMPACTED ->
                    new Compacted(
                            in.getAsLong(),
                            in.getAsLong(),
                            in.getAsLong(),
                            in.getAsLong(),
                            OffsetIndex.read(in));
            case CHECKPOINTED -> new Checkpointed(checkpoint(in, version == WITH_REFERENCES));
            default ->
                    throw new IllegalArgumentException(
                            "a partition's fact of unknown kind " + kind);
        };
    }

    private static byte version(PartitionFact fact) {
        return fact instanceof Checkpointed(var checkpoint) && !checkpoint.references().isEmpty()
                ? WITH_REFERENCES
                : VERSION;
    }

    private static void describe(PartitionFact fact, LongConsumer out) {
        switch (fact) {
            case StartMoved(long offset) -> out.accept(offset);
            case Compacted(
                            long generation,
                            long before,
                            long tailPosition,
                            long bytes,
                            var index) -> {
                out.accept(generation);
                out.accept(before);
                out.accept(tailPosition);
                out.accept(bytes);
                index.describe(out);
            }
            case Checkpointed(var checkpoint) -> describe(checkpoint, out);
        }
    }

    private static void describe(PartitionCheckpoint checkpoint, LongConsumer out) {
        out.accept(checkpoint.startOffset());
        out.accept(checkpoint.nextOffset());
        out.accept(checkpoint.tailPosition());
        out.accept(checkpoint.tailStart());
        out.accept(checkpoint.generation());
        out.accept(checkpoint.cleanBefore());
        out.accept(checkpoint.cleanBytes());
        checkpoint.tailIndex().describe(out);
        checkpoint.cleanIndex().describe(out);
        checkpoint.producers().describe(out);
        if (!checkpoint.references().isEmpty()) {
            checkpoint.references().describe(out);
        }
    }

    private static PartitionCheckpoint checkpoint(LongSupplier in, boolean references) {
        return new PartitionCheckpoint(
                in.getAsLong(),
                in.getAsLong(),
                in.getAsLong(),
                in.getAsLong(),
                in.getAsLong(),
                in.getAsLong(),
                in.getAsLong(),
                OffsetIndex.read(in),
                OffsetIndex.read(in),
                Producers.read(in),
                references ? BodyIndex.read(in) : new BodyIndex());
    }

    /// Counts the bytes of what is described to it.
    private static final class Sum implements LongConsumer {
        private int bytes;

        @Override
        public void accept(long number) {
            bytes += Varint.size(number);
        }
    }
}
