package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection of a [StreamProtocol]: bytes in as they come, bytes out as they are written.
///
/// It holds no memory of its own; what a session holds, it has reserved. A stranger, whom the session has not yet recognised, has little
/// time and may send little.
///
/// Owned by its channel's loop.
final class ByteStreamConnection extends SocketConnection
        implements StreamConnection, ReadPlacement.Reads {
    /// How long a peer may take to read the last bytes before the connection ends without it.
    private static final long FAREWELL_MILLIS = 5_000;

    /// Enough for a session to make batches of, and few enough for the batches to be worked on while the next one is read.
    private static final int READS_PER_TURN = 4;

    private final StreamListenerSettings settings;
    private final StreamProtocol protocol;
    private @Nullable StreamSession session;

    /// Ends a stranger; null once it is none any more.
    private @Nullable Future<?> strangersEnd;

    /// What a stranger may still send.
    private long strangerBytesLeft;

    private MemoryBudget.@Nullable Waiter inLine;
    private boolean closing;

    ByteStreamConnection(
            Channel channel,
            Listener listener,
            StreamListenerSettings settings,
            StreamProtocol protocol) {
        super(channel, listener);
        this.settings = settings;
        this.protocol = protocol;
        this.strangerBytesLeft = settings.strangerBytesMax();
    }

    @Override
    RecvByteBufAllocator placement() {
        return new ReadPlacement(this, listener().scratch());
    }

    @Override
    public @Nullable ByteBuf place() {
        return null;
    }

    @Override
    public int scratchBytes(int capacity) {
        return Math.min(settings.bytesPerRead(), capacity);
    }

    @Override
    public int readsPerTurn() {
        return READS_PER_TURN;
    }

    // ---- in

    @Override
    void opened() {
        strangersEnd =
                channel()
                        .eventLoop()
                        .schedule(
                                () -> hangUp("it did not authenticate in time"),
                                settings.strangerMillisMax(),
                                TimeUnit.MILLISECONDS);
        session = protocol.open(this);
    }

    @Override
    void received(Object message) {
        var bytes = bytes(message);
        try {
            if (strangersEnd != null) {
                strangerBytesLeft -= bytes.readableBytes();
            }
            if (strangerBytesLeft < 0) {
                hangUp("it sent too much before it authenticated");
                closing = true;
            }
            if (session != null && !closing) {
                session.received(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    void readComplete() {
        if (session != null && !closing) {
            session.readComplete();
        }
    }

    @Override
    public void pauseReading() {
        channel().config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        channel().config().setAutoRead(true);
    }

    @Override
    public void authenticated() {
        if (strangersEnd != null) {
            strangersEnd.cancel(false);
            strangersEnd = null;
        }
    }

    // ---- out

    @Override
    public ByteBuf allocate(int bytes) {
        return channel().alloc().directBuffer(bytes);
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closed() || closing || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        touch();
        listener().traffic().sent(bytes.readableBytes());
        channel().write(bytes, channel().voidPromise());
    }

    @Override
    public void flush() {
        flushSoon();
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    void writabilityChanged() {
        if (session != null && !closing) {
            session.writabilityChanged();
        }
    }

    // ---- time and memory

    @Override
    public Cancellable schedule(Runnable task, long delayMillis) {
        var scheduled =
                channel()
                        .eventLoop()
                        .schedule(
                                () -> {
                                    if (!closed()) {
                                        task.run();
                                    }
                                },
                                delayMillis,
                                TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean reserve(int bytes, Runnable granted) {
        assert inLine == null : "one may wait at a time";
        var budget = listener().budget();
        if (budget.reserve(bytes)) {
            return true;
        }
        // Set before it can be granted, as that happens on the loop, later.
        inLine = budget.await(bytes, () -> execute(() -> granted(bytes, granted)));
        return false;
    }

    private void granted(int bytes, Runnable granted) {
        inLine = null;
        if (closed()) {
            release(bytes);
        } else {
            granted.run();
        }
    }

    @Override
    public void release(int bytes) {
        listener().budget().release(bytes);
    }

    // ---- the end

    @Override
    void drainNow() {
        if (session != null && !closing && !closed()) {
            session.draining();
        }
    }

    @Override
    boolean busy() {
        return true;
    }

    @Override
    public void close() {
        if (!closing && !closed()) {
            closing = true;
            endWhenSent();
            schedule(this::end, FAREWELL_MILLIS);
        }
    }

    @Override
    void gone() {
        authenticated();
        if (inLine != null) {
            // What was granted already comes to the loop and goes back there.
            inLine.leave();
        }
        if (session != null) {
            session.closed();
        }
    }
}
