package io.sluice.simulation.log;

import io.sluice.base.Slice;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.TrimmedException;
import io.sluice.simulation.InvariantBroken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Reads a log and compares what was completed, byte by byte, with what was appended. Chance picks which of the two ways of reading gives the
/// next bytes.
final class StoredBytes {
    private static final int READ_MAX = 8_192;

    private final RandomGenerator random;

    StoredBytes(RandomGenerator random) {
        this.random = random;
    }

    /// Compares at most `max` bytes from `position` on.
    void check(ModelLog model, Log handle, long position, int max) throws IOException {
        var end = Math.min(model.completed(), position + (long) max);
        for (var at = position; at < end; ) {
            var bytes = read(model, handle, at, (int) Math.min(READ_MAX, end - at));
            if (!bytes.hasRemaining()) {
                throw new InvariantBroken(
                        "NoAcknowledgedByteIsLost",
                        model.name
                                + " has nothing at "
                                + at
                                + ", completed were "
                                + model.completed());
            }
            for (; bytes.hasRemaining(); at++) {
                if (bytes.get() != model.content.at(at)) {
                    throw new InvariantBroken(
                            "BytesAreWhatWasAppended", model.name + " differs at " + at);
                }
            }
        }
    }

    private ByteBuffer read(ModelLog model, Log handle, long at, int max) throws IOException {
        var into = ByteBuffer.allocate(max);
        try {
            if (random.nextBoolean()) {
                handle.read(at, into);
            } else {
                try (var slices = handle.read(at, max)) {
                    for (var slice : slices.slices()) {
                        into.put(((Slice.InMemory) slice).bytes().duplicate());
                    }
                }
            }
        } catch (TrimmedException _) {
            throw new InvariantBroken(
                    "NothingIsTrimmedUnasked",
                    model.name + " has trimmed " + at + ", asked for was " + model.trimmed());
        }
        return into.flip();
    }
}
