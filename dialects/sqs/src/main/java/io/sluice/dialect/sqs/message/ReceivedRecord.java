package io.sluice.dialect.sqs.message;


import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record as a message of SQS, whoever wrote it. What did not come by SQS has its headers for attributes: text where they are UTF-8, binary where not; and an
/// id made of its place.
public final class ReceivedRecord {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final UUID topic;
    private final long offset;
    private final long timestamp;
    private final @Nullable ByteBuffer key;
    private final ByteBuffer body;
    private final List<Header> headers;

    /// @param record the cursor; it may go on afterwards
    public ReceivedRecord(UUID topic, Records record) {
        this.topic = topic;
        this.offset = record.offset();
        this.timestamp = record.timestamp();
        this.key = record.key();
        var value = record.value();
        this.body = value == null ? NOTHING : value;
        this.headers = record.headers();
    }

    public long offset() {
        return offset;
    }

    public ByteBuffer body() {
        return body;
    }

    public long sentMillis() {
        return timestamp;
    }

    public String messageId() {
        return text(HeaderNames.MESSAGE_ID)
                .filter(id -> id.length() == 36)
                .orElseGet(() -> new UUID(topic.getMostSignificantBits(), offset).toString());
    }

    /// 20 digits, larger for later ones of the same queue.
    public String sequenceNumber() {
        return sequenceNumber(offset);
    }

    public static String sequenceNumber(long offset) {
        return String.format("%020d", offset + 1);
    }

    public Optional<String> senderId() {
        return text(HeaderNames.SENDER_ID);
    }

    public Optional<String> deduplicationId() {
        return text(HeaderNames.DEDUPLICATION_ID);
    }

    public Optional<String> trace() {
        return text(HeaderNames.TRACE);
    }

    /// The queue in which it died first.
    public Optional<String> deadLetterSource() {
        return envelope().flatMap(Envelope::deaths).map(Deaths::firstQueue);
    }

    private Optional<Envelope> envelope() {
        for (var header : headers) {
            var value = header.value();
            if (value != null && header.key().equals(Envelope.HEADER)) {
                try {
                    return Optional.of(Envelope.of(value.duplicate()));
                } catch (RuntimeException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    public Optional<String> groupId() {
        return key == null || !key.hasRemaining()
                ? Optional.empty()
                : Optional.ofNullable(utf8(key));
    }

    /// The sender's own.
    public Map<String, MessageAttribute> attributes() {
        return text(HeaderNames.TYPES).map(this::typed).orElseGet(this::untyped);
    }

    private Map<String, MessageAttribute> typed(String types) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        var parts = types.split("\0", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            var value = last(parts[i]);
            if (value != null) {
                attributes.put(parts[i], attribute(parts[i + 1], value));
            }
        }
        return attributes;
    }

    private static MessageAttribute attribute(String type, ByteBuffer value) {
        var text = type.startsWith("Binary") ? null : utf8(value);
        return text == null
                ? new MessageAttribute.Binary(
                        type.startsWith("Binary") ? type : "Binary", value.duplicate())
                : new MessageAttribute.Text(type, text);
    }

    private Map<String, MessageAttribute> untyped() {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var header : headers) {
            var value = header.value();
            if (value != null && value.hasRemaining() && !HeaderNames.OURS.contains(header.key())) {
                attributes.put(header.key(), attribute("String", value));
            }
        }
        return attributes;
    }

    private Optional<String> text(String name) {
        for (var header : headers) {
            var value = header.value();
            if (value != null && header.key().equals(name)) {
                return Optional.ofNullable(utf8(value));
            }
        }
        return Optional.empty();
    }

    private @Nullable ByteBuffer last(String name) {
        ByteBuffer found = null;
        for (var header : headers) {
            found = header.key().equals(name) ? header.value() : found;
        }
        return found;
    }

    private static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
