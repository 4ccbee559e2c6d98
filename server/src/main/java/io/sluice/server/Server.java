package io.sluice.server;

import io.sluice.server.admin.Health;
import io.sluice.server.settings.Settings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running broker: everything that [Wiring] started, until it is closed or one of its parts fails.
///
/// Several may run in one JVM, on data directories and ports of their own.
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Settings settings;
    private final StartedParts parts = new StartedParts();
    private final Health health = new Health();
    private final CountDownLatch end = new CountDownLatch(1);

    private Server(Settings settings) {
        this.settings = settings;
    }

    /// Starts all parts and returns when clients may connect.
    ///
    /// @throws StartFailedException if one of them cannot start; what had started is stopped again
    public static Server start(Settings settings) {
        var server = new Server(settings);
        try {
            Wiring.start(settings, server.parts, server.health, server::fail);
            server.health.becomeReady();
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    public Settings settings() {
        return settings;
    }

    /// Where the server listens, by dialect, and `admin`.
    public Map<String, InetSocketAddress> listeners() {
        return parts.listeners();
    }

    /// Whether a part has failed, so that the process must not go on.
    public boolean failed() {
        return health.failed();
    }

    /// Waits until the server is closed or has failed.
    void awaitEnd() throws InterruptedException {
        end.await();
    }

    /// Refuses new work, finishes what is under way and stops. Does nothing the second time.
    @Override
    public synchronized void close() {
        health.stop();
        parts.close();
        end.countDown();
    }

    private void fail(Throwable cause) {
        log.error("a part of the server has failed, the process ends", cause);
        health.fail();
        end.countDown();
    }
}
