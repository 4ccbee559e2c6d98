package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open port and its connections.
public final class Listener {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    /// An idle connection is found after its time and at most a quarter of it.
    private static final int SWEEPS_PER_IDLE = 4;

    /// No connection is idle for too long.
    static final long NEVER = Long.MAX_VALUE;

    private final int connectionsMax;
    private final long idleMillisMax;
    private final Accept accept;
    private final Transport transport;
    private final Traffic traffic = new Traffic();
    private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private @Nullable Channel port;
    private @Nullable Future<?> sweeps;
    private volatile boolean stopping;
    private volatile boolean full;

    /// @param idleMillisMax after which idle connections are closed; [#NEVER]
    /// @param accept makes a connection of what came in
    Listener(int connectionsMax, long idleMillisMax, Accept accept, Transport transport) {
        this.connectionsMax = connectionsMax;
        this.idleMillisMax = idleMillisMax;
        this.accept = accept;
        this.transport = transport;
    }

    /// What a listener's protocol makes of a channel.
    @FunctionalInterface
    interface Accept {
        SocketConnection connection(Channel channel, Listener listener);
    }

    void opened(Channel bound) {
        port = bound;
        if (idleMillisMax == NEVER) {
            return;
        }
        var sweepMillis = Math.max(1, idleMillisMax / SWEEPS_PER_IDLE);
        sweeps =
                bound.eventLoop()
                        .scheduleWithFixedDelay(
                                this::sweep, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
    }

    /// The address it listens on, with the port that was picked if none was asked for.
    public InetSocketAddress address() {
        assert port != null : "a listener is handed out open";
        return (InetSocketAddress) port.localAddress();
    }

    public Traffic traffic() {
        return traffic;
    }

    /// Connections open now.
    public int connections() {
        return connections.size();
    }

    /// Takes no more connections and requests, lets the open requests be answered and sessions say goodbye, and closes what is left at the deadline.
    /// An interrupt makes the deadline come at once.
    public void stop(Duration deadline) {
        assert port != null : "a listener is handed out open";
        stopping = true;
        if (sweeps != null) {
            sweeps.cancel(false);
        }
        port.close().awaitUninterruptibly();
        connections.forEach(SocketConnection::drain);
        checkAllGone();
        try {
            allGone.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            endAll();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            endAll();
        } catch (ExecutionException e) {
            throw new AssertionError("nothing completes this with a failure", e);
        }
    }

    private void endAll() {
        log.info("closing {} connections that are still busy", connections.size());
        connections.forEach(SocketConnection::end);
    }

    /// A connection came in; null when it is one too many.
    @Nullable SocketConnection accepted(Channel channel) {
        if (stopping || connections.size() >= connectionsMax) {
            traffic.refusedConnection();
            if (!full) {
                full = true;
                log.warn("refusing connections: {} are open", connections.size());
            }
            return null;
        }
        var connection = accept.connection(channel, this);
        connections.add(connection);
        return connection;
    }

    void closed(SocketConnection connection) {
        connections.remove(connection);
        full = false;
        checkAllGone();
    }

    private void checkAllGone() {
        if (stopping && connections.isEmpty()) {
            allGone.complete(null);
        }
    }

    private void sweep() {
        for (var connection : connections) {
            if (connection.idleFor(SWEEPS_PER_IDLE)) {
                connection.endIfIdle();
            }
        }
    }

    MemoryBudget budget() {
        return transport.budget();
    }

    ColdReader coldReader() {
        return transport.coldReader();
    }

    FastThreadLocal<ByteBuf> scratch() {
        return transport.scratch();
    }
}
