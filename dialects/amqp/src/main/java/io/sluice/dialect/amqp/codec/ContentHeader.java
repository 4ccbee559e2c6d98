package io.sluice.dialect.amqp.codec;

/// The payload of a header frame.
///
/// ```text
///   ┌──────────┬────────┬───────────┬───────┬───────────────┐
///   │ class id │ weight │ body size │ flags │ property list │
///   │   u16    │   u16  │    u64    │  u16  │   the rest    │
///   └──────────┴────────┴───────────┴───────┴───────────────┘
/// ```
///
/// @param bodyBytes how long the body is
/// @param properties checked; a view of the frame's bytes, so valid until the next read
public record ContentHeader(long bodyBytes, Properties properties) implements DecodedHeader {
    static final int PROPERTIES_AT = 12;

    private static final int BODY_BYTES_AT = 4;

    public static DecodedHeader decode(Frame frame) {
        int length = frame.length() - PROPERTIES_AT;
        if (length < Short.BYTES) {
            return ProtocolError.of(ReplyCode.FRAME_ERROR, "a header frame that ends too early");
        }
        var bytes = frame.bytes();
        int classId = bytes.getShort(frame.at()) & 0xFFFF;
        if (classId != BasicMethod.CLASS_ID) {
            return ProtocolError.of(
                    ReplyCode.UNEXPECTED_FRAME,
                    "a header frame for class %d instead of %d"
                            .formatted(classId, BasicMethod.CLASS_ID));
        }
        long bodyBytes = bytes.getLong(frame.at() + BODY_BYTES_AT);
        if (bodyBytes < 0) {
            return ProtocolError.of(
                    ReplyCode.SYNTAX_ERROR,
                    "a body of %s bytes".formatted(Long.toUnsignedString(bodyBytes)));
        }
        var properties = new Properties(bytes, frame.at() + PROPERTIES_AT, length);
        var error = properties.check();
        return error == null ? new ContentHeader(bodyBytes, properties) : error;
    }
}
