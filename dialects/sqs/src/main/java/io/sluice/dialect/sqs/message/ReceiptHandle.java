package io.sluice.dialect.sqs.message;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// How a receiver names a message that it has got: which one, and which handing out of it. It says so to nobody but the broker, and it is good for as long as
/// the queue is: over restarts too, as nothing is kept for it.
///
/// ```text
///   ┌─────────┬──────┬──────────┬───────┐   one block, encrypted with AES under a key made of the queue's id, which no client ever sees;
///   │ offset  │ part │ returned │ proof │   then base64. A block that was not made here has a wrong proof when it is decrypted.
///   │   u64   │ u8   │   u24    │  u32  │
///   └─────────┴──────┴──────────┴───────┘
/// ```
public record ReceiptHandle(long offset, int part, int returned) {
    private static final int BLOCK_BYTES = 16;
    private static final int PROOF = 0x51_75_1C_E1;
    private static final int RETURNED_MAX = 0xFF_FFFF;

    public String text(UUID queue) {
        var block = ByteBuffer.allocate(BLOCK_BYTES);
        block.putLong(offset);
        block.putInt(part << 24 | Math.min(returned, RETURNED_MAX));
        block.putInt(PROOF);
        return Base64.getEncoder()
                .encodeToString(crypt(Cipher.ENCRYPT_MODE, queue, block.array()));
    }

    /// Empty when it is no handle of that queue.
    public static Optional<ReceiptHandle> of(String text, UUID queue) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (bytes.length != BLOCK_BYTES) {
            return Optional.empty();
        }
        var block = ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, queue, bytes));
        long offset = block.getLong();
        int numbers = block.getInt();
        return block.getInt() == PROOF && offset >= 0
                ? Optional.of(new ReceiptHandle(offset, numbers >>> 24, numbers & RETURNED_MAX))
                : Optional.empty();
    }

    /// One block under one key: there is no pattern that a chaining mode would have to hide.
    private static byte[] crypt(int mode, UUID queue, byte[] block) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var id = ByteBuffer.allocate(BLOCK_BYTES);
            id.putLong(queue.getMostSignificantBits()).putLong(queue.getLeastSignificantBits());
            var key = Arrays.copyOf(digest.digest(id.array()), BLOCK_BYTES);
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES and SHA-256", e);
        }
    }
}
