package io.sluice.transport;

import io.sluice.transport.http.AddressRule;
import io.sluice.transport.http.HttpCall;
import io.sluice.transport.http.HttpOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes HTTP requests over connections that it keeps for a while. It follows no redirect and tries nothing twice: that is for those to decide who know what the
/// request does.
///
/// A name is looked up for each connection, and what is connected to is the address that the rule was asked about. A connection serves five minutes
/// at most, so that a changed name is heard of.
///
/// Owned by its loop.
public final class HttpClient {
    /// All servers together.
    private static final int IDLE_MAX = 512;

    private final Loop loop;
    private final HttpDial dial;

    /// The last used first.
    private final Deque<HttpClientConnection> idle = new ArrayDeque<>();

    HttpClient(Loop loop, AddressRule rule, NameLookup names, HttpDial.Sockets sockets) {
        this.loop = loop;
        this.dial = new HttpDial(this, loop, rule, names, sockets);
    }

    /// Sends a request. On the loop only.
    ///
    /// @param then told once, on the loop and never before this returns
    /// @return ends it: nobody is told, and whether the request was done is not known
    public Cancellable send(HttpCall call, Consumer<HttpOutcome> then) {
        var open = new OpenCall(call, loop, then);
        loop.execute(() -> begin(open));
        return open;
    }

    private void begin(OpenCall open) {
        if (open.isOver()) {
            return;
        }
        var connection = takeIdle(open.call());
        if (connection == null) {
            dial.connect(open);
        } else {
            connection.send(open);
        }
    }

    private @Nullable HttpClientConnection takeIdle(HttpCall call) {
        for (Iterator<HttpClientConnection> each = idle.iterator(); each.hasNext(); ) {
            var connection = each.next();
            if (connection.server().isSameServer(call.target())) {
                each.remove();
                return connection;
            }
        }
        return null;
    }

    /// The connection may serve another call.
    void free(HttpClientConnection connection) {
        idle.addFirst(connection);
        if (idle.size() > IDLE_MAX) {
            idle.removeLast().close();
        }
    }

    /// The connection serves no more calls.
    void gone(HttpClientConnection connection) {
        idle.remove(connection);
    }

    /// Ends what is idle. What is under way goes on.
    public void close() {
        while (!idle.isEmpty()) {
            idle.removeFirst().close();
        }
    }
}
