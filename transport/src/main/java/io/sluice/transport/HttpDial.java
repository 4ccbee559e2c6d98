package io.sluice.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.transport.http.AddressRule;
import io.sluice.transport.http.HttpOutcome.Cause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections for a client. Owned by its loop.
final class HttpDial {
    private static final int CONNECT_MILLIS_MAX = 10_000;
    private static final int LINE_BYTES_MAX = 4 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int CHUNK_BYTES_MAX = 8 * 1024;

    private final HttpClient client;
    private final Loop loop;
    private final AddressRule rule;
    private final NameLookup names;
    private final Sockets sockets;

    /// What connections are made of.
    record Sockets(Class<? extends Channel> channel, ByteBufAllocator memory) {}

    /// Whom this Java trusts. Read with the first connection that needs it: some hundred certificates that most brokers never do.
    private static final class Trust {
        private static final SslContext OF_THIS_JAVA = read();

        private static SslContext read() {
            try {
                return SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
            } catch (SSLException failed) {
                throw new IllegalStateException("every Java can speak TLS", failed);
            }
        }
    }

    HttpDial(HttpClient client, Loop loop, AddressRule rule, NameLookup names, Sockets sockets) {
        this.client = client;
        this.loop = loop;
        this.rule = rule;
        this.names = names;
        this.sockets = sockets;
    }

    /// Connects to the first address that is allowed and answers, and sends the call.
    void connect(OpenCall open) {
        var host = open.call().target().host();
        names.find(host, loop, addresses -> found(open, addresses));
    }

    private void found(OpenCall open, List<InetAddress> addresses) {
        var host = open.call().target().host();
        var allowed = addresses.stream().filter(address -> rule.allows(host, address)).toList();
        if (addresses.isEmpty()) {
            open.fail(Cause.UNKNOWN_HOST, "no address is known for " + host);
        } else if (allowed.isEmpty()) {
            open.fail(
                    Cause.REFUSED_ADDRESS,
                    host
                            + " is "
                            + addresses.getFirst().getHostAddress()
                            + ", which is not public and not allowed by push-allow");
        } else {
            connect(open, allowed, 0);
        }
    }

    private void connect(OpenCall open, List<InetAddress> addresses, int index) {
        if (open.isOver()) {
            return;
        }
        var target = open.call().target();
        var connection = new HttpClientConnection(client, loop, target);
        var setUp = new Connecting(connection, open);
        var connecting =
                new Bootstrap()
                        .group(loop.eventLoop())
                        .channel(sockets.channel())
                        .option(ChannelOption.ALLOCATOR, sockets.memory())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                        .handler(setUp)
                        .connect(new InetSocketAddress(addresses.get(index), target.port()));
        open.whenAbandoned(() -> connecting.channel().close());
        connecting.addListener(
                done -> {
                    if (done.isSuccess()) {
                        setUp.connected();
                    } else if (index + 1 < addresses.size()) {
                        connect(open, addresses, index + 1);
                    } else {
                        open.fail(Cause.NOT_CONNECTED, reason(done.cause()));
                    }
                });
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    /// Sets up a connection; with TLS the call is sent when the peer has shown who it is.
    private static final class Connecting extends ChannelInitializer<Channel> {
        private final HttpClientConnection connection;
        private final OpenCall open;
        private boolean connected;

        private Connecting(HttpClientConnection connection, OpenCall open) {
            this.connection = connection;
            this.open = open;
        }

        /// A handshake that fails before is for no reason of its own: there may be another address.
        private void connected() {
            connected = true;
            if (!open.call().target().tls()) {
                connection.send(open);
            }
        }

        @Override
        protected void initChannel(Channel channel) {
            var target = open.call().target();
            if (target.tls()) {
                var tls =
                        Trust.OF_THIS_JAVA.newHandler(
                                channel.alloc(), target.host(), target.port());
                tls.handshakeFuture().addListener(done -> shaken(done.cause()));
                channel.pipeline().addLast(tls);
            }
            channel.pipeline()
                    .addLast(
                            new HttpClientCodec(
                                    new HttpDecoderConfig()
                                            .setMaxInitialLineLength(LINE_BYTES_MAX)
                                            .setMaxHeaderSize(HEADER_BYTES_MAX)
                                            .setMaxChunkSize(CHUNK_BYTES_MAX),
                                    false,
                                    false))
                    .addLast(connection);
        }

        private void shaken(@Nullable Throwable failure) {
            if (failure == null) {
                connection.send(open);
            } else if (connected) {
                open.fail(Cause.TLS, reason(failure));
            }
        }
    }
}
