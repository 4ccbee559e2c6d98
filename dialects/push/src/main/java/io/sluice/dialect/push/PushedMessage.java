package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record on its way out, whoever wrote it.
///
/// @param headers those that have a value; of a name that comes more than once the last one
/// @param attempt 1 for the first
record PushedMessage(
        Queue queue,
        QueuePart part,
        long offset,
        long timestamp,
        @Nullable ByteBuffer key,
        ByteBuffer body,
        Map<String, ByteBuffer> headers,
        int attempt) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /// @param record the cursor; it may go on afterwards
    static PushedMessage of(Queue queue, QueuePart part, Records record, int attempt) {
        var headers = new LinkedHashMap<String, ByteBuffer>();
        for (Header header : record.headers()) {
            var value = header.value();
            if (value != null) {
                headers.put(header.key(), value);
            }
        }
        var value = record.value();
        return new PushedMessage(
                queue,
                part,
                record.offset(),
                record.timestamp(),
                record.key(),
                value == null ? NOTHING : value,
                headers,
                attempt);
    }

    /// A header's value, if it is UTF-8 and not empty.
    Optional<String> text(String header) {
        return text(headers.get(header)).filter(text -> !text.isEmpty());
    }

    Optional<String> keyText() {
        return text(key);
    }

    /// The same for the same record, whenever it is asked.
    String place() {
        return part.topic() + "/" + part.index() + "/" + offset;
    }

    private static Optional<String> text(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
