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
    public static DecodedHeader decode(Frame frame) {
        throw new UnsupportedOperationException("being written");
    }
}
