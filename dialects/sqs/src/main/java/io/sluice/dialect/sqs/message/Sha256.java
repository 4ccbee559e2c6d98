package io.sluice.dialect.sqs.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest by which a FIFO queue knows a message by its content.
public final class Sha256 {
    private Sha256() {}

    public static byte[] of(String text) {
        return of(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static byte[] of(ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// @param bytes from position to limit
    public static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }
}
