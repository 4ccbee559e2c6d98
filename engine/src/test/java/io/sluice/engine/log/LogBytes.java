package io.sluice.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// Bytes to append, and the ways to read them again.
final class LogBytes {
    private LogBytes() {}

    /// Others for another seed.
    static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] concat(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static byte[] readAll(Log log) throws IOException {
        return read(log, log.start(), (int) (log.end() - log.start()));
    }

    /// Reads by slices until there are `length` bytes.
    static byte[] read(Log log, long position, int length) throws IOException {
        var all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            try (var slices = log.read(position + all.position(), all.remaining())) {
                assertThat(slices.bytes()).isBetween(1L, (long) all.remaining());
                all.put(content(slices));
            }
        }
        return all.array();
    }

    /// Reads by the way that looks at checksums.
    static byte[] verified(Log log, long position, int length) throws IOException {
        var all = ByteBuffer.allocate(length);
        assertThat(log.read(position, all)).isEqualTo(length);
        return all.array();
    }

    static byte[] content(Slices slices) throws IOException {
        var all = ByteBuffer.allocate((int) slices.bytes());
        for (var slice : slices.slices()) {
            switch (slice) {
                case Slice.InMemory(var bytes) -> all.put(bytes.duplicate());
                case Slice.InFile(var file, var position, var length, var _) -> {
                    var part = all.slice(all.position(), length);
                    while (part.hasRemaining()) {
                        assertThat(file.read(part, position + part.position())).isPositive();
                    }
                    all.position(all.position() + length);
                }
            }
        }
        return all.array();
    }
}
