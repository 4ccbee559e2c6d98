package io.sluice.admin.sluice;

import io.sluice.broker.Once;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A copy of a letter, ready to be appended once: the same copy of the same letter to the same queue is known again.
record LetterCopy(
        @Nullable ByteBuffer key, @Nullable ByteBuffer body, List<Header> headers, Once once) {
    LetterCopy {
        headers = List.copyOf(headers);
    }

    static LetterCopy of(
            Queue from,
            LetterId letter,
            Queue to,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer body,
            List<Header> headers) {
        var digest = sha256();
        add(digest, from.id() + " " + letter.text() + " " + to.id());
        add(digest, key);
        add(digest, body);
        for (var header : headers) {
            add(digest, header.key());
            add(digest, header.value());
        }
        var hash = ByteBuffer.wrap(digest.digest());
        var once =
                new Once(hash.getLong(), hash.getLong(), new UUID(hash.getLong(), hash.getLong()));
        var all = new ArrayList<>(headers);
        all.add(new Header(Once.HEADER, hash.rewind()));
        return new LetterCopy(key, body, all, once);
    }

    /// A whole batch with that one record.
    ByteBuffer batch(long nowMillis) {
        return new BatchBuilder(Compression.NONE, 0, nowMillis)
                .add(nowMillis, key, body, headers)
                .build()
                .whole();
    }

    private static void add(MessageDigest digest, String text) {
        add(digest, StandardCharsets.UTF_8.encode(text));
    }

    private static void add(MessageDigest digest, @Nullable ByteBuffer bytes) {
        int length = bytes == null ? -1 : bytes.remaining();
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (bytes != null) {
            digest.update(bytes.duplicate());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
