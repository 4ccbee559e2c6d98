package io.sluice.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sluice.transport.HttpExchange.Keeping;
import org.jspecify.annotations.Nullable;

/// What can be said of a request once its head is there (RFC 9110, RFC 9112).
final class RequestHead {
    private RequestHead() {}

    /// The status for what could not be read.
    static int status(Throwable malformed) {
        return malformed instanceof TooLongHttpHeaderException
                        || malformed instanceof TooLongHttpLineException
                ? 431
                : 400;
    }

    /// The status that says why not; 0 when there is nothing against it.
    static int refusal(HttpRequest request, long bodyBytesMax) {
        var method = request.method();
        if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.GET)) {
            return 405;
        }
        if (HttpUtil.getContentLength(request, 0L) > bodyBytesMax) {
            return 413;
        }
        if (request.headers().contains(HttpHeaderNames.EXPECT)
                && !HttpUtil.is100ContinueExpected(request)) {
            return 417;
        }
        return path(request.uri()) == null ? 400 : 0;
    }

    /// The part of a URI from its path on; null when it has none.
    static @Nullable String path(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        var scheme = uri.indexOf("://");
        if (scheme < 0) {
            return null;
        }
        var slash = uri.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    /// What becomes of the connection behind the answer (RFC 9112, section 9.3).
    static Keeping keeping(HttpRequest request) {
        if (!HttpUtil.isKeepAlive(request)) {
            return Keeping.CLOSED;
        }
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                ? Keeping.OPEN
                : Keeping.OPEN_AS_ASKED;
    }
}
