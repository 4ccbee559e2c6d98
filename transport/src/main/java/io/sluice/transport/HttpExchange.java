package io.sluice.transport;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpReply;
import io.sluice.transport.http.HttpRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One request of an HTTP connection and the place of its answer in the connection's order.
final class HttpExchange implements HttpRequest, HttpReply, Runnable {
    private final HttpConnection connection;
    private final String method;
    private final String path;
    private final String query;
    private final int reserved;
    private final Keeping keeping;
    private HttpHeaders headers;
    private ByteBuffer body;
    private @Nullable HttpAnswer answer;
    private @Nullable Runnable gone;

    /// Of this thread's loop: the answer has arrived there.
    private boolean ready;

    /// What becomes of the connection behind an answer.
    enum Keeping {
        /// It stays, as HTTP/1.1 has it.
        OPEN,
        /// It stays, as a client of HTTP/1.0 asked for.
        OPEN_AS_ASKED,
        CLOSED
    }

    /// @param uri a path and perhaps a query
    /// @param reserved what was taken from the memory budget for the body
    HttpExchange(
            HttpConnection connection,
            String method,
            String uri,
            HttpHeaders headers,
            ByteBuffer body,
            int reserved,
            Keeping keeping) {
        this.connection = connection;
        this.method = method;
        var mark = uri.indexOf('?');
        this.path = mark < 0 ? uri : uri.substring(0, mark);
        this.query = mark < 0 ? "" : uri.substring(mark + 1);
        this.headers = headers;
        this.body = body;
        this.reserved = reserved;
        this.keeping = keeping;
    }

    // ---- the request

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        var values = headers.valueStringIterator(name);
        if (!values.hasNext()) {
            return null;
        }
        var first = values.next();
        return values.hasNext() ? String.join(",", headers.getAll(name)) : first;
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    /// The request was handled: while it waits for its answer, perhaps for long, nobody reads it any more.
    void handled() {
        headers = EmptyHttpHeaders.INSTANCE;
        body = HttpConnection.NOTHING;
    }

    // ---- the answer

    @Override
    public void send(HttpAnswer answer) {
        assert this.answer == null : "a request is answered once";
        this.answer = answer;
        if (connection.inLoop()) {
            run();
            return;
        }
        try {
            connection.enqueue(this);
        } catch (RejectedExecutionException loopIsGone) {
            // Nobody is left to send it to; the memory still goes back.
            connection.release(reserved);
        }
    }

    @Override
    public void whenGone(Runnable gone) {
        assert connection.inLoop() : "asked for while the request is handled";
        this.gone = gone;
    }

    /// The hop onto the connection's loop; not for callers.
    @Override
    public void run() {
        ready = true;
        gone = null;
        connection.release(reserved);
        connection.answered();
    }

    /// What to send; null while it is not ready.
    @Nullable HttpAnswer ready() {
        return ready ? answer : null;
    }

    Keeping keeping() {
        return keeping;
    }

    /// The client is gone before it was answered.
    void abandoned() {
        if (gone != null) {
            gone.run();
        }
    }
}
