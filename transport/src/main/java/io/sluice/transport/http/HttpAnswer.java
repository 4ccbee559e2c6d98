package io.sluice.transport.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer. Its length, the date and what is to become of the connection are added by the transport.
///
/// @param headers beside those
/// @param body from position to limit, the transport's from now on
public record HttpAnswer(
        int status, String contentType, Map<String, String> headers, ByteBuffer body) {
    /// One of plain text.
    public static HttpAnswer text(int status, String text) {
        return new HttpAnswer(
                status,
                "text/plain; charset=utf-8",
                Map.of(),
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
