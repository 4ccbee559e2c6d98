package io.sluice.dialect.sqs.message;

import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record as a message of SQS, whoever wrote it. What did not come by SQS has its headers for attributes: text where they are UTF-8, binary where not; and an
/// id made of its place.
public final class ReceivedRecord {
    private static final int SEQUENCE_DIGITS = 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final QueuePart part;
    private final long offset;
    private final long timestamp;
    private final @Nullable ByteBuffer key;
    private final ByteBuffer body;
    private final List<Header> headers;
    private final boolean isText;

    /// @param record the cursor; it may go on afterwards
    public ReceivedRecord(QueuePart part, Records record) {
        this.part = part;
        this.offset = record.offset();
        this.timestamp = record.timestamp();
        this.key = record.key();
        var value = record.value();
        this.body = value == null ? NOTHING : value;
        this.headers = record.headers();
        this.isText = MessageText.isLegal(body);
    }

    public long offset() {
        return offset;
    }

    /// What SQS has no text for comes in base64, and one of the [#attributes] says so.
    public ByteBuffer body() {
        return isText ? body : Base64.getEncoder().encode(body.duplicate());
    }

    public long sentMillis() {
        return timestamp;
    }

    public String messageId() {
        return text(HeaderNames.MESSAGE_ID)
                .filter(id -> id.length() == 36)
                .orElseGet(this::idOfItsPlace);
    }

    private String idOfItsPlace() {
        long place = (long) part.index() << 48 | offset;
        return new UUID(part.topic().getMostSignificantBits(), place).toString();
    }

    /// 20 digits, larger for later ones of the same queue.
    public String sequenceNumber() {
        return sequenceNumber(offset);
    }

    public static String sequenceNumber(long offset) {
        var digits = Long.toString(offset + 1);
        return "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
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
        return key == null || !key.hasRemaining() ? Optional.empty() : legal(key);
    }

    /// What a dead letter tells of its death, for those who ask for it by name: no more than ten attributes are a message's, and its sender may have used them.
    public Map<String, MessageAttribute> letterAttributes() {
        if (!isLetter()) {
            return Map.of();
        }
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var header : headers) {
            var value = header.value();
            if (value != null && LetterHeaders.isOurs(header.key()) && MessageText.isLegal(value)) {
                var type = LetterHeaders.isNumber(header.key()) ? "Number" : "String";
                attributes.put(header.key(), attribute(type, value));
            }
        }
        return attributes;
    }

    private boolean isLetter() {
        return envelope().map(Envelope::isLetter).orElse(false);
    }

    /// The sender's own.
    public Map<String, MessageAttribute> attributes() {
        var attributes = text(HeaderNames.TYPES).map(this::typed).orElseGet(this::untyped);
        if (!isText) {
            attributes.put(
                    HeaderNames.BODY_ENCODING, new MessageAttribute.Text("String", "base64"));
        }
        return attributes;
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
        var text = type.startsWith("Binary") || !MessageText.isLegal(value) ? null : utf8(value);
        return text == null
                ? new MessageAttribute.Binary(
                        type.startsWith("Binary") ? type : "Binary", value.duplicate())
                : new MessageAttribute.Text(type, text);
    }

    private Map<String, MessageAttribute> untyped() {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        boolean isLetter = isLetter();
        for (var header : headers) {
            var value = header.value();
            if (value != null
                    && value.hasRemaining()
                    && !HeaderNames.OURS.contains(header.key())
                    && !(isLetter && LetterHeaders.isOne(header.key()))) {
                attributes.put(header.key(), attribute("String", value));
            }
        }
        return attributes;
    }

    private Optional<String> text(String name) {
        for (var header : headers) {
            var value = header.value();
            if (value != null && header.key().equals(name)) {
                return name.equals(HeaderNames.TYPES)
                        ? Optional.ofNullable(utf8(value))
                        : legal(value);
            }
        }
        return Optional.empty();
    }

    /// Text that may stand in an answer: a number in a key of Kafka's may not, for example.
    private static Optional<String> legal(ByteBuffer bytes) {
        return MessageText.isLegal(bytes)
                ? Optional.of(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString())
                : Optional.empty();
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
