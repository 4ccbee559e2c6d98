package io.sluice.transport.http;

import java.nio.ByteBuffer;
import java.util.List;

/// One POST that is to be made.
///
/// @param fields beside `Host` and `Content-Length`
/// @param body from position to limit; nobody changes it
/// @param timeoutMillis for all of it: looking up the name, connecting, TLS, sending, and the answer
public record HttpCall(
        HttpTarget target, List<HttpField> fields, ByteBuffer body, long timeoutMillis) {
    public HttpCall {
        fields = List.copyOf(fields);
    }
}
