package io.sluice.dialect.sqs.message;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Turns a queue's receipt handles into text and back: encrypted with AES under a key made of the queue's id, which no client ever sees, then base64. So a handle
/// reveals nothing, and one of another queue is none of this one. Any thread.
public final class HandleKey {
    private static final String CIPHER = "AES/ECB/NoPadding";

    /// Asked for once: to look through all of them takes longer than to encrypt ten handles.
    private static final Provider PROVIDER = provider();

    private final SecretKeySpec key;

    public HandleKey(UUID queue) {
        try {
            var id = ByteBuffer.allocate(2 * Long.BYTES);
            id.putLong(queue.getMostSignificantBits()).putLong(queue.getLeastSignificantBits());
            var digest = MessageDigest.getInstance("SHA-256").digest(id.array());
            key = new SecretKeySpec(Arrays.copyOf(digest, ReceiptHandle.BLOCK_BYTES), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// For some handles in a row; one thread.
    public Writer writer() {
        return new Writer(cipher(Cipher.ENCRYPT_MODE));
    }

    /// For some texts in a row; one thread.
    public Reader reader() {
        return new Reader(cipher(Cipher.DECRYPT_MODE));
    }

    /// Writes handles.
    public static final class Writer {
        private final Cipher cipher;

        private Writer(Cipher cipher) {
            this.cipher = cipher;
        }

        public String text(ReceiptHandle handle) {
            return Base64.getEncoder().encodeToString(crypt(cipher, handle.block()));
        }
    }

    /// Reads handles.
    public static final class Reader {
        private final Cipher cipher;

        private Reader(Cipher cipher) {
            this.cipher = cipher;
        }

        /// Empty when it is no handle of this queue.
        public Optional<ReceiptHandle> handle(String text) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException notOurs) {
                return Optional.empty();
            }
            return bytes.length == ReceiptHandle.BLOCK_BYTES
                    ? ReceiptHandle.of(crypt(cipher, bytes))
                    : Optional.empty();
        }
    }

    /// One block under one key: there is no pattern that a chaining mode would have to hide.
    private Cipher cipher(int mode) {
        try {
            var cipher = Cipher.getInstance(CIPHER, PROVIDER);
            cipher.init(mode, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(CIPHER).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    private static byte[] crypt(Cipher cipher, byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block is as long as it has to be", e);
        }
    }
}
