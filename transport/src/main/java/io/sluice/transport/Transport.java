package io.sluice.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocal;
import io.sluice.transport.http.AddressRule;
import io.sluice.transport.http.HttpListenerSettings;
import io.sluice.transport.http.HttpService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// The event loops, the memory for requests and what all listeners of the process share.
public final class Transport implements AutoCloseable {
    /// Bytes of unread answers from which on a connection is not read, and to which they must fall again.
    private static final WriteBufferWaterMark UNREAD =
            new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    private static final int BACKLOG = 1024;
    private static final int PAGE = 8 * 1024;

    /// Memory is taken from the system in pieces of `PAGE << CHUNK_ORDER`, 2 MiB.
    private static final int CHUNK_ORDER = 8;

    private static final int SMALL_CACHED = 256;
    private static final int NORMAL_CACHED = 64;

    private final MemoryBudget budget;
    private final EventLoopGroup loops;
    private final PooledByteBufAllocator memory;
    private final FastThreadLocal<ByteBuf> scratch;
    private final ColdReader coldReader = new ColdReader();
    private final NameLookup names = new NameLookup();
    private final Queue<EventLoopGroup> ownLoops = new ConcurrentLinkedQueue<>();

    /// @param loopCount threads that serve all connections; normally one for two cores
    public Transport(int loopCount, MemoryBudget budget) {
        this.budget = budget;
        loops = group(loopCount, LoopThread.factory(this::loops));
        memory =
                new PooledByteBufAllocator(
                        true, 0, loopCount, PAGE, CHUNK_ORDER, SMALL_CACHED, NORMAL_CACHED, false);
        scratch = ReadPlacement.scratch(memory);
    }

    /// Opens a port.
    ///
    /// @throws IOException when it cannot be bound
    public Listener listen(ListenerSettings settings, Protocol protocol) throws IOException {
        if (settings.frameBytesMax() + FrameReader.ROOM_BEHIND > budget.bytesMax()) {
            throw new IllegalArgumentException(
                    "a frame of %d bytes would never find room in a memory budget of %d"
                            .formatted(settings.frameBytesMax(), budget.bytesMax()));
        }
        return open(
                settings.bind(),
                new Listener(
                        settings.connectionsMax(),
                        settings.idleMax().toMillis(),
                        (channel, listener) ->
                                new FrameConnection(
                                        channel, listener, settings.frameBytesMax(), protocol),
                        this));
    }

    /// Opens a port for a protocol whose peers send a stream of bytes.
    ///
    /// @throws IOException when it cannot be bound
    public Listener listen(StreamListenerSettings settings, StreamProtocol protocol)
            throws IOException {
        return open(
                settings.bind(),
                new Listener(
                        settings.connectionsMax(),
                        Listener.NEVER,
                        (channel, listener) ->
                                new ByteStreamConnection(channel, listener, settings, protocol),
                        this));
    }

    /// Opens a port for HTTP.
    ///
    /// @throws IOException when it cannot be bound
    public Listener listen(HttpListenerSettings settings, HttpService service) throws IOException {
        if (settings.bodyBytesMax() > budget.bytesMax()) {
            throw new IllegalArgumentException(
                    "a body of %d bytes would never find room in a memory budget of %d"
                            .formatted(settings.bodyBytesMax(), budget.bytesMax()));
        }
        return open(
                settings.bind(),
                new Listener(
                        settings.connectionsMax(),
                        settings.idleMax().toMillis(),
                        (channel, listener) ->
                                new HttpConnection(channel, listener, settings, service),
                        this));
    }

    /// A thread for somebody who makes connections rather than taking them.
    public Loop loop(String name) {
        var own = group(1, Thread.ofPlatform().name(name).factory());
        ownLoops.add(own);
        return new Loop(own);
    }

    /// Makes HTTP requests on that loop.
    ///
    /// @param rule which addresses it may connect to
    public HttpClient httpClient(Loop loop, AddressRule rule) {
        Class<? extends Channel> channel =
                Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        return new HttpClient(loop, rule, names, new HttpDial.Sockets(channel, memory));
    }

    private static EventLoopGroup group(int threads, ThreadFactory factory) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                factory,
                Epoll.isAvailable()
                        ? EpollIoHandler.newFactory(0, YieldThenSleep::new)
                        : NioIoHandler.newFactory());
    }

    private Listener open(InetSocketAddress bind, Listener listener) throws IOException {
        var bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.ALLOCATOR, memory)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
                        .childHandler(new Accepting(listener))
                        .bind(bind)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + bind, bound.cause());
        }
        listener.opened(bound.channel());
        return listener;
    }

    /// Ends the loops, and with them every connection that is left.
    @Override
    public void close() {
        coldReader.close();
        names.close();
        ownLoops.forEach(
                own -> own.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly());
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private EventLoopGroup loops() {
        return loops;
    }

    MemoryBudget budget() {
        return budget;
    }

    ColdReader coldReader() {
        return coldReader;
    }

    FastThreadLocal<ByteBuf> scratch() {
        return scratch;
    }

    private static Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /// Sets up a connection that came in. TLS, when a listener has it, goes first into the pipeline.
    private static final class Accepting extends ChannelInitializer<Channel> {
        private final Listener listener;

        private Accepting(Listener listener) {
            this.listener = listener;
        }

        @Override
        protected void initChannel(Channel channel) {
            var connection = listener.accepted(channel);
            if (connection == null) {
                channel.close();
                return;
            }
            channel.config().setRecvByteBufAllocator(connection.placement());
            channel.pipeline().addLast(connection);
        }
    }
}
