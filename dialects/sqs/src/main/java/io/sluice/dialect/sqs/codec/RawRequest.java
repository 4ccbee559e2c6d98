package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// An HTTP request, as little of it as matters here and exactly as it came: a signature is made over these very characters.
///
/// @param path undecoded
/// @param query undecoded, without the question mark; empty when there is none
/// @param headers a header's value by its name in lower case, repeated ones joined by commas; null when there is none
/// @param body from position to limit, on the heap
public record RawRequest(
        String method, String path, String query, Headers headers, ByteBuffer body) {
    /// Headers by name.
    @FunctionalInterface
    public interface Headers {
        @Nullable String value(String name);
    }

    /// The value of a header; empty when there is none.
    public String header(String name) {
        var value = headers.value(name);
        return value == null ? "" : value;
    }
}
