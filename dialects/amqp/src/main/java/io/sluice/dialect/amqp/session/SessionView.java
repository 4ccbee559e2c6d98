package io.sluice.dialect.amqp.session;

import io.sluice.broker.client.ClientConnection;
import io.sluice.dialect.amqp.session.ConnectionState.Open;
import io.sluice.transport.StreamConnection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// A session as those see it who look after the broker, on any thread: numbers are a little old.
final class SessionView implements ClientConnection {
    private final AmqpSession session;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private final String name;
    private final long connectedMillis;
    private final AtomicReference<Opened> opened =
            new AtomicReference<>(new Opened("", "", 0, 0, 0, Map.of()));
    private long bytesReceived;

    /// What was agreed when it was opened.
    private record Opened(
            String user,
            String vhost,
            int channelMax,
            int frameBytesMax,
            int heartbeatSeconds,
            Map<String, String> clientProperties) {}

    SessionView(AmqpSession session, Services services) {
        this.session = session;
        StreamConnection connection = session.connection();
        this.peer = connection.remote();
        this.local = connection.local();
        this.name = text(peer) + " -> " + text(local);
        this.connectedMillis = services.clock().millis();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void opened(Open state) {
        var limits = state.limits();
        opened.set(
                new Opened(
                        state.client().user().name(),
                        state.vhost(),
                        limits.channelMax(),
                        limits.frameBytesMax(),
                        limits.heartbeatSeconds(),
                        state.client().properties().toJson()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String user() {
        return opened.get().user;
    }

    @Override
    public String namespace() {
        return opened.get().vhost;
    }

    @Override
    public String protocol() {
        return "AMQP 0-9-1";
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public long connectedMillis() {
        return connectedMillis;
    }

    @Override
    public int channelMax() {
        return opened.get().channelMax;
    }

    @Override
    public int frameBytesMax() {
        return opened.get().frameBytesMax;
    }

    @Override
    public int heartbeatSeconds() {
        return opened.get().heartbeatSeconds;
    }

    @Override
    public String state() {
        return switch (session.state()) {
            case ConnectionState.AwaitingHeader _,
                    ConnectionState.Starting _,
                    ConnectionState.Tuning _,
                    ConnectionState.Opening _ ->
                    "starting";
            case ConnectionState.Open _ -> session.blocking().isBlocked() ? "blocked" : "running";
            case ConnectionState.Closing _ -> "closing";
            case ConnectionState.Closed _ -> "closed";
        };
    }

    @Override
    public Map<String, String> clientProperties() {
        return opened.get().clientProperties;
    }

    @Override
    public long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public long bytesSent() {
        return session.output().bytesSent();
    }

    @Override
    public List<Channel> channels() {
        return session.channels().all().stream().map(SessionView::channel).toList();
    }

    private static Channel channel(AmqpChannel channel) {
        var consumers = channel.consumers();
        var counts = channel.counts();
        return new Channel(
                channel.number(),
                channel.owner(),
                channel.publishes().areConfirmed(),
                channel.transaction() != null,
                consumers.prefetch(),
                consumers.prefetchGlobal(),
                channel.unsettled().size(),
                channel.publishes().unconfirmed(),
                consumers.count(),
                counts.published,
                counts.delivered,
                counts.settled);
    }

    @Override
    public void close(String reason) {
        session.inbox()
                .put(
                        new Event() {
                            @Override
                            void happen() {
                                session.fail(ConnectionMethods.forced(reason));
                            }
                        });
    }
}
