package io.sluice.server.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.admin.Loop;
import io.sluice.admin.management.Management;
import io.sluice.admin.registry.RegistryApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// An HTTP/1.1 server on a thread of its own, so that it answers also when the broker is busy.
public final class AdminEndpoint implements AutoCloseable {
    private static final int IDLE_SECONDS_MAX = 60;
    private static final long STOP_MILLIS_MAX = 1_000;

    private final EventLoopGroup loop;
    private final Channel listener;

    private AdminEndpoint(EventLoopGroup loop, Channel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /// Listens and answers from now on.
    ///
    /// @param api makes the management API when it is first asked for
    /// @param registry makes the schema registry's, likewise
    /// @param scrape made once, on the calling thread, and used on the loop
    /// @throws IOException if the address cannot be listened on
    public static AdminEndpoint listen(
            InetSocketAddress address,
            AdminRoutes routes,
            Function<Loop, Management> api,
            Function<Loop, RegistryApi> registry,
            Function<Loop, Scrape> scrape)
            throws IOException {
        var loop =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("admin"), NioIoHandler.newFactory());
        var site = new AdminSite(routes, api, registry, scrape, new EventLoopAsLoop(loop.next()));
        var bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childHandler(new Pipeline(site))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loop);
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return new AdminEndpoint(loop, bound.channel());
    }

    /// Where it listens, with the port that was found free if any was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        stop(loop);
    }

    private static void stop(EventLoopGroup loop) {
        loop.shutdownGracefully(0, STOP_MILLIS_MAX, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final AdminSite site;

        Pipeline(AdminSite site) {
            this.site = site;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline()
                    .addLast(new IdleStateHandler(IDLE_SECONDS_MAX, 0, 0))
                    .addLast(new HttpServerCodec())
                    .addLast(new AdminHandler(site));
        }
    }
}
