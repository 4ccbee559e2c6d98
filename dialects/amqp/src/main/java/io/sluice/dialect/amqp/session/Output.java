package io.sluice.dialect.amqp.session;

import io.netty.buffer.ByteBuf;
import io.sluice.dialect.amqp.codec.FrameWriter;
import io.sluice.dialect.amqp.codec.Method;
import io.sluice.transport.StreamConnection;
import org.jspecify.annotations.Nullable;

/// What leaves by one connection: frames gather in one buffer until [#flush]. Owned by the connection's loop.
final class Output {
    private static final int FIRST_BYTES = 4096;

    /// A buffer that has grown to this is handed on before its turn ends.
    private static final int HANDED_ON_BYTES = 256 * 1024;

    /// No buffer begins with more.
    private static final int ALLOCATED_BYTES_MAX = 64 * 1024;

    private final StreamConnection connection;
    private @Nullable ByteBuf buffer;

    /// About what the next buffer will hold: as much as the one before, or half of what there was lately.
    private int expectedBytes = FIRST_BYTES;

    private boolean handedOn;
    private long bytesSent;
    private boolean wroteSinceTick;

    Output(StreamConnection connection) {
        this.connection = connection;
    }

    void method(int channel, Method method) {
        FrameWriter.method(channel, method, open());
        close();
    }

    void heartbeat() {
        FrameWriter.heartbeat(open());
        close();
    }

    void protocolHeader() {
        FrameWriter.protocolHeader(open());
        close();
    }

    /// The buffer to write whole frames into; [#close] follows.
    ByteBuf open() {
        if (buffer == null) {
            buffer = connection.allocate(expectedBytes);
        }
        return buffer;
    }

    void close() {
        if (buffer != null && buffer.readableBytes() >= HANDED_ON_BYTES) {
            handOn(buffer);
        }
    }

    void flush() {
        if (buffer != null) {
            handOn(buffer);
        }
        if (handedOn) {
            handedOn = false;
            connection.flush();
        }
    }

    /// Whether anything was written since this was asked last.
    boolean wroteSinceTick() {
        boolean wrote = wroteSinceTick || buffer != null;
        wroteSinceTick = false;
        return wrote;
    }

    long bytesSent() {
        return bytesSent;
    }

    /// The connection is gone.
    void drop() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private void handOn(ByteBuf full) {
        buffer = null;
        handedOn = true;
        wroteSinceTick = true;
        int bytes = full.readableBytes();
        bytesSent += bytes;
        expectedBytes =
                Math.clamp(Math.max(bytes, expectedBytes / 2), FIRST_BYTES, ALLOCATED_BYTES_MAX);
        connection.write(full);
    }
}
