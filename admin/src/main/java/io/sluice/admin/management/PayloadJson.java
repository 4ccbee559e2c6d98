package io.sluice.admin.management;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Bytes as a JSON string.
final class PayloadJson {
    private PayloadJson() {}

    /// The text that the bytes are; empty when they are none.
    static Optional<String> text(ByteBuffer bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    static String base64(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
