package io.sluice.simulation.log;

import java.nio.ByteBuffer;

/// The bytes of one life of a log, computed from its seed and the position: the model needs to keep none of them.
record Content(long seed) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    byte at(long position) {
        var mixed = (seed + (position >>> 3)) * GOLDEN;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58476D1CE4E5B9L;
        return (byte) (mixed >>> (8 * (position & 7)));
    }

    ByteBuffer bytes(long position, int length) {
        var bytes = ByteBuffer.allocate(length);
        for (var i = 0; i < length; i++) {
            bytes.put(i, at(position + i));
        }
        return bytes;
    }
}
