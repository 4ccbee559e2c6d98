package io.sluice.server;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started so far, so that it can be stopped in reverse, also after half a start.
///
/// Filled by the thread that starts the server and closed by the one that stops it, never both at
/// once: [Server] sees to that.
final class StartedParts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StartedParts.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();

    /// Notes a part that runs now; closing it must stop it and wait until it has.
    <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /// Notes where something listens, for the banner and for those who asked for any free port.
    void listening(String name, InetSocketAddress address) {
        listeners.put(name, address);
    }

    Map<String, InetSocketAddress> listeners() {
        return Collections.unmodifiableMap(listeners);
    }

    /// Stops all parts, the last started first. One that fails to stop does not keep the others from it.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.running().close();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                log.warn("interrupted while stopping the {}", part.name());
            } catch (Exception failed) {
                log.error("the {} failed to stop", part.name(), failed);
            }
        }
    }

    private record Part(String name, AutoCloseable running) {}
}
