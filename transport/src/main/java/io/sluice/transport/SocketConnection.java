package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every connection is, whatever it speaks: an entry of its listener that counts its traffic, flushes once per turn of the loop, may be
/// idle, is drained, and ends.
///
/// Owned by its channel's loop.
abstract sealed class SocketConnection extends ChannelInboundHandlerAdapter implements Connection
        permits FrameConnection, ByteStreamConnection, HttpConnection {
    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

    private final Channel channel;
    private final Listener listener;
    private boolean inRead;
    private boolean flushDue;
    private boolean flushScheduled;
    private boolean draining;
    private boolean closed;

    /// Something came or went since the last sweep for idle ones, which another loop may do.
    private volatile boolean touched = true;

    private int sweepsUntouched;

    SocketConnection(Channel channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    // ---- what is different

    /// Where its reads go.
    abstract RecvByteBufAllocator placement();

    /// The session begins.
    abstract void opened();

    /// Takes what was read, and releases it.
    ///
    /// @param message [#bytes], unless a decoder stands before the connection
    abstract void received(Object message);

    /// The socket is empty, or others have to be read first.
    void readComplete() {}

    abstract void writabilityChanged();

    /// The listener is stopping.
    abstract void drainNow();

    /// Whether something is being done for the peer, however quiet it is.
    abstract boolean busy();

    /// Gives everything back.
    abstract void gone();

    // ---- what is the same

    Channel channel() {
        return channel;
    }

    Listener listener() {
        return listener;
    }

    boolean draining() {
        return draining;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void execute(Runnable task) {
        try {
            enqueue(task);
        } catch (RejectedExecutionException loopIsGone) {
            log.debug("a task for a connection came after the end of its loop");
        }
    }

    @Override
    public void hangUp(String reason) {
        execute(
                () -> {
                    if (!closed) {
                        log.warn(
                                "closing the connection from {}: {}",
                                channel.remoteAddress(),
                                reason);
                        end();
                    }
                });
    }

    /// Whether this is its loop's thread, at the loop's own work.
    public boolean inLoop() {
        return channel.eventLoop().inEventLoop() && !LoopThread.isHosting();
    }

    void enqueue(Runnable task) {
        channel.eventLoop().execute(task);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        opened();
        if (draining) {
            end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inRead = true;
        touch();
        received(message);
    }

    /// What was read, counted.
    ByteBuf bytes(Object message) {
        var bytes = (ByteBuf) message;
        listener.traffic().received(bytes.readableBytes());
        return bytes;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readComplete();
        inRead = false;
        if (flushDue) {
            flushNow();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writabilityChanged();
    }

    /// What is sent in one turn of the loop leaves with one flush.
    void flushSoon() {
        flushDue = true;
        if (!inRead && !flushScheduled) {
            flushScheduled = true;
            channel.eventLoop().execute(this::flushNow);
        }
    }

    private void flushNow() {
        flushScheduled = false;
        flushDue = false;
        channel.flush();
    }

    // ---- the end

    /// Lets the connection come to an end.
    void drain() {
        execute(
                () -> {
                    draining = true;
                    drainNow();
                });
    }

    void endWhenSent() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    void end() {
        channel.close();
    }

    /// Whether nothing came or went, and nothing was asked for, over so many sweeps in a row.
    boolean idleFor(int sweeps) {
        sweepsUntouched = touched ? 0 : sweepsUntouched + 1;
        touched = false;
        return sweepsUntouched >= sweeps;
    }

    /// Closes unless something is being done for the peer, or was since the sweep.
    void endIfIdle() {
        execute(
                () -> {
                    if (!busy() && !touched) {
                        log.debug("closing the idle connection from {}", channel.remoteAddress());
                        end();
                    }
                });
    }

    void touch() {
        if (!touched) {
            touched = true;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        gone();
        listener.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("the connection from {} broke", channel.remoteAddress(), cause);
        } else {
            log.warn("closing the connection from {}", channel.remoteAddress(), cause);
        }
        end();
    }
}
