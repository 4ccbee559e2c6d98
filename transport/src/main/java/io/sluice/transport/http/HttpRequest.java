package io.sluice.transport.http;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One request, exactly as it came: nothing is decoded.
public interface HttpRequest {
    /// `GET` or `POST`; others never get here.
    String method();

    /// What stands before the question mark.
    String path();

    /// What stands behind the question mark; empty when there is none.
    String query();

    /// A header's value by its name in any case, repeated ones joined by commas; null when there is none.
    @Nullable String header(String name);

    /// From position to limit, on the heap; a new view at every call.
    ByteBuffer body();

    InetSocketAddress remote();
}
