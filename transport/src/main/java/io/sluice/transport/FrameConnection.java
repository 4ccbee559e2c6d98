package io.sluice.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.sluice.base.Slice;
import io.sluice.transport.Outgoing.Splice;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a [Protocol]: frames in, answers out in the order of the requests, and no more of either than is bearable.
///
/// It is read while all of this holds: memory is to be had, fewer than [#OPEN_MAX] requests are open, and what was answered is
/// being read by the peer. An answer that splices stored bytes counts as open until it was sent, because it pins them.
///
/// Owned by its channel's loop.
final class FrameConnection extends SocketConnection implements FrameReader.Owner {
    private static final Logger log = LoggerFactory.getLogger(FrameConnection.class);

    /// Requests that one connection may have open. Kafka's own client has 5 at most, others are less modest.
    static final int OPEN_MAX = 64;

    private final Protocol protocol;
    private final FrameReader reader;
    private final ArrayDeque<Exchange> open = new ArrayDeque<>(8);
    private @Nullable Session session;

    /// Spliced answers that the socket has not taken whole.
    private int unsent;

    private boolean reading = true;

    FrameConnection(Channel channel, Listener listener, int frameBytesMax, Protocol protocol) {
        super(channel, listener);
        this.protocol = protocol;
        this.reader = new FrameReader(frameBytesMax, listener.budget(), channel.alloc(), this);
    }

    @Override
    RecvByteBufAllocator placement() {
        return new ReadPlacement(reader, listener().scratch());
    }

    // ---- requests

    @Override
    void opened() {
        session = protocol.open(this);
    }

    @Override
    void received(Object message) {
        reader.accept(bytes(message));
        adjustReading();
    }

    @Override
    public void frame(Frame frame) {
        var exchange = new Exchange(this, frame);
        open.add(exchange);
        listener().traffic().request();
        assert session != null : "frames come after the session was opened";
        session.received(frame, exchange);
    }

    @Override
    public boolean welcomesFrames() {
        return !closed()
                && !draining()
                && open.size() + unsent < OPEN_MAX
                && channel().isWritable();
    }

    @Override
    public void memoryGranted() {
        execute(
                () -> {
                    reader.granted();
                    adjustReading();
                });
    }

    @Override
    public void malformed(String reason) {
        if (!closed()) {
            log.warn("closing the connection from {}: {}", channel().remoteAddress(), reason);
            end();
        }
    }

    @Override
    void writabilityChanged() {
        adjustReading();
    }

    private void adjustReading() {
        if (!reader.waitsForMemory() && welcomesFrames()) {
            reader.resume();
        }
        var wanted = !reader.waitsForMemory() && welcomesFrames();
        if (wanted != reading && !closed()) {
            reading = wanted;
            channel().config().setAutoRead(wanted);
        }
    }

    // ---- answers

    void answered(Exchange exchange, Answer answer) {
        if (closed()) {
            answer.drop();
            exchange.releaseFrame();
            return;
        }
        Outgoing outgoing;
        try {
            outgoing = answer.encode(channel().alloc());
        } catch (RuntimeException e) {
            log.warn(
                    "closing the connection from {}: an answer cannot be encoded",
                    channel().remoteAddress(),
                    e);
            end();
            return;
        } finally {
            exchange.releaseFrame();
        }
        if (outgoing.cold()) {
            listener().coldReader().warm(outgoing, () -> warmed(exchange, outgoing));
        } else {
            ready(exchange, outgoing);
        }
    }

    private void warmed(Exchange exchange, Outgoing outgoing) {
        try {
            enqueue(() -> ready(exchange, outgoing));
        } catch (RejectedExecutionException loopIsGone) {
            outgoing.release();
        }
    }

    private void ready(Exchange exchange, Outgoing outgoing) {
        if (closed()) {
            outgoing.release();
            return;
        }
        exchange.ready(outgoing);
        if (open.peek() == exchange) {
            sendReady();
        }
    }

    private void sendReady() {
        for (var next = open.peek(); next != null; next = open.peek()) {
            var outgoing = next.outgoing();
            if (outgoing == null) {
                break;
            }
            open.remove();
            send(outgoing);
        }
        touch();
        flushSoon();
        endWhenDrained();
        adjustReading();
    }

    private void send(Outgoing outgoing) {
        var bytes = outgoing.bytes();
        if (outgoing.splices().isEmpty()) {
            listener().traffic().sent(bytes.readableBytes());
            if (bytes.isReadable()) {
                channel().write(bytes, channel().voidPromise());
            } else {
                bytes.release();
            }
            return;
        }
        var total = (long) bytes.readableBytes();
        unsent++;
        for (var splice : outgoing.splices()) {
            if (splice.at() > bytes.readerIndex()) {
                channel()
                        .write(
                                bytes.readRetainedSlice(splice.at() - bytes.readerIndex()),
                                channel().voidPromise());
            }
            for (var slice : splice.slices().slices()) {
                channel().write(message(slice), channel().voidPromise());
            }
            total += splice.slices().bytes();
        }
        listener().traffic().sent(total);
        // Writes end in their order, well or not: with the last one nobody reads the slices any
        // more.
        channel()
                .write(bytes)
                .addListener(
                        _ -> {
                            outgoing.splices().stream().map(Splice::slices).forEach(s -> s.close());
                            unsent--;
                            adjustReading();
                        });
    }

    private static Object message(Slice slice) {
        return switch (slice) {
            case Slice.InMemory inMemory -> Unpooled.wrappedBuffer(inMemory.bytes());
            case Slice.InFile inFile -> new StoredRegion(inFile);
        };
    }

    // ---- the end

    /// Takes no more requests, answers the open ones, then closes.
    @Override
    void drainNow() {
        if (session != null) {
            session.draining();
        }
        adjustReading();
        endWhenDrained();
    }

    private void endWhenDrained() {
        if (draining() && open.isEmpty() && !closed()) {
            endWhenSent();
        }
    }

    @Override
    boolean busy() {
        return !open.isEmpty() || unsent > 0;
    }

    @Override
    void gone() {
        reader.close();
        for (var exchange : open) {
            var outgoing = exchange.outgoing();
            if (outgoing != null) {
                outgoing.release();
            }
        }
        open.clear();
        if (session != null) {
            session.closed();
        }
    }
}
