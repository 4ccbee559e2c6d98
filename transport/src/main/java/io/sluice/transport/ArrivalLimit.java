package io.sluice.transport;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells a connection when its request takes too long to come in. Most come in whole, with one read, and never need the timer.
///
/// Owned by the connection's loop.
final class ArrivalLimit {
    private final HttpConnection connection;
    private @Nullable Future<?> end;

    ArrivalLimit(HttpConnection connection) {
        this.connection = connection;
    }

    /// The request has `max` from now on, unless its time runs already; then [HttpConnection#tooSlow].
    void start(Duration max) {
        if (end == null) {
            end =
                    connection
                            .channel()
                            .eventLoop()
                            .schedule(this::reached, max.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void reached() {
        end = null;
        connection.tooSlow();
    }

    void stop() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }
}
