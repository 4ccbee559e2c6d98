package io.sluice.dialect.sqs.message;

import java.nio.ByteBuffer;
import java.util.Optional;

/// How a receiver names a message that it has got: which one, and which handing out of it. It says so to nobody but the broker ([HandleKey]), and it is good for
/// as long as the queue is: over restarts too, as nothing is kept for it.
///
/// ```text
///   ┌────────┬──────┬──────────┬──────────┬───────┐
///   │ offset │ part │ returned │ received │ proof │   one block; of the time when it was received, in seconds, the lowest bits.
///   │  u48   │  u8  │   u20    │   u20    │  u32  │   A block that was not made here has a wrong proof when it is decrypted.
///   └────────┴──────┴──────────┴──────────┴───────┘
/// ```
///
/// @param returned how often the message had come back
/// @param received some seconds, of which only the difference to later ones means something: see [#ageSeconds]
public record ReceiptHandle(long offset, int part, int returned, int received) {
    static final int BLOCK_BYTES = 16;

    /// Parts of a queue that handles can name.
    public static final int PARTS_MAX = 256;

    private static final int PROOF = 0x51_75_1C_E1;
    private static final int MASK = 0xF_FFFF;

    /// For a message that is received now.
    public static ReceiptHandle of(long offset, int part, int returned, long nowMillis) {
        return new ReceiptHandle(offset, part, Math.min(returned, MASK), seconds(nowMillis));
    }

    /// How long ago it was received, if that is less than twelve days.
    public int ageSeconds(long nowMillis) {
        return (seconds(nowMillis) - received) & MASK;
    }

    private static int seconds(long millis) {
        return (int) (millis / 1_000) & MASK;
    }

    byte[] block() {
        return ByteBuffer.allocate(BLOCK_BYTES)
                .putLong(offset << 16 | (long) part << 8 | returned >>> 12)
                .putInt((returned & 0xFFF) << 20 | received)
                .putInt(PROOF)
                .array();
    }

    /// Empty when it is none.
    static Optional<ReceiptHandle> of(byte[] bytes) {
        var block = ByteBuffer.wrap(bytes);
        long first = block.getLong();
        int second = block.getInt();
        return block.getInt() == PROOF
                ? Optional.of(
                        new ReceiptHandle(
                                first >>> 16,
                                (int) (first >>> 8) & 0xFF,
                                ((int) first & 0xFF) << 12 | second >>> 20,
                                second & MASK))
                : Optional.empty();
    }
}
