package io.sluice.dialect.sqs.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The digests by which clients check that what they sent or received is what was meant. Attributes go in sorted by name, each so:
///
/// ```text
///   ┌─────┬──────┬─────┬──────┬────────────────────────┬─────┬───────┐
///   │ u32 │ name │ u32 │ type │ 1: text, 2: binary, u8 │ u32 │ value │
///   └─────┴──────┴─────┴──────┴────────────────────────┴─────┴───────┘
/// ```
public final class Md5 {
    private Md5() {}

    /// Of the bytes from position to limit.
    public static String of(ByteBuffer body) {
        var digest = digest();
        digest.update(body.duplicate());
        return hex(digest);
    }

    /// Of the attributes that are told; empty when there are none.
    public static Optional<String> of(Map<String, MessageAttribute> attributes) {
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        var digest = digest();
        new TreeMap<>(attributes)
                .forEach(
                        (name, attribute) -> {
                            add(digest, utf8(name));
                            add(digest, utf8(attribute.dataType()));
                            switch (attribute) {
                                case MessageAttribute.Text text -> {
                                    digest.update((byte) 1);
                                    add(digest, utf8(text.value()));
                                }
                                case MessageAttribute.Binary binary -> {
                                    digest.update((byte) 2);
                                    add(digest, binary.value().duplicate());
                                }
                            }
                        });
        return Optional.of(hex(digest));
    }

    private static void add(MessageDigest digest, ByteBuffer part) {
        var length = part.remaining();
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        digest.update(part);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
