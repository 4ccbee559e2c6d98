package io.sluice.transport;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/// The request that is coming in on one connection, and the memory that is taken for its body before the body comes.
///
/// A body lies on the heap, in an array of its announced length: the one copy between the socket and the parser. For chunks, whose number nobody
/// knows, the largest body is reserved first, so that two half-read ones never wait for each other's memory; what is too much goes back with the last chunk.
///
/// Owned by the connection's loop.
final class IncomingRequest {
    private final HttpConnection connection;
    private final MemoryBudget budget;
    private final int bodyBytesMax;
    private @Nullable HttpRequest head;
    private @Nullable HttpBody body;
    private int reserved;
    private MemoryBudget.@Nullable Waiter inLine;

    IncomingRequest(HttpConnection connection, MemoryBudget budget, int bodyBytesMax) {
        this.connection = connection;
        this.budget = budget;
        this.bodyBytesMax = bodyBytesMax;
    }

    boolean isThere() {
        return head != null;
    }

    boolean waitsForMemory() {
        return inLine != null;
    }

    /// Whether its client sends the body once it is asked for it (RFC 9110, section 10.1.1).
    boolean waitsToBeAsked() {
        return head != null && HttpUtil.is100ContinueExpected(head);
    }

    /// @return whether there is memory for its body; if not, the connection is told later: [HttpConnection#bodyMayCome]
    boolean begin(HttpRequest request) {
        head = request;
        if (HttpUtil.isTransferEncodingChunked(request)) {
            body = HttpBody.growing(bodyBytesMax);
            return reserve(bodyBytesMax);
        }
        return reserve((int) HttpUtil.getContentLength(request, 0L));
    }

    private boolean reserve(int bytes) {
        reserved = bytes;
        if (bytes == 0 || budget.reserve(bytes)) {
            allocate();
            return true;
        }
        // Set before it can be granted, as that happens on the loop, later.
        inLine = budget.await(bytes, () -> connection.execute(() -> granted(bytes)));
        return false;
    }

    private void granted(int bytes) {
        inLine = null;
        if (connection.closed()) {
            budget.release(bytes);
            return;
        }
        allocate();
        connection.bodyMayCome();
    }

    /// Not before it is reserved.
    private void allocate() {
        if (body == null) {
            body = HttpBody.ofLength(reserved);
        }
    }

    /// @return false when the body is larger than may be
    boolean add(HttpContent content) {
        return body == null || body.add(content.content());
    }

    /// The request as its service sees it, once the whole body is there. Nothing is coming in any more.
    HttpExchange complete() {
        assert head != null && body != null : "its body has come";
        var request = head;
        var whole = body;
        var excess = reserved - whole.bytesUsed();
        if (excess > 0) {
            budget.release(excess);
        }
        var uri = RequestHead.path(request.uri());
        assert uri != null : "a request without a path was refused";
        var exchange =
                new HttpExchange(
                        connection,
                        request.method().name(),
                        uri,
                        request.headers(),
                        whole.whole(),
                        reserved - excess,
                        RequestHead.keeping(request));
        forget();
        return exchange;
    }

    /// It is refused: nothing is coming in any more.
    void drop() {
        if (reserved > 0) {
            budget.release(reserved);
        }
        forget();
    }

    private void forget() {
        head = null;
        body = null;
        reserved = 0;
    }

    /// The connection has ended.
    void end() {
        if (inLine == null) {
            drop();
        } else {
            // What was granted already comes to the loop and goes back there.
            inLine.leave();
            forget();
        }
    }
}
