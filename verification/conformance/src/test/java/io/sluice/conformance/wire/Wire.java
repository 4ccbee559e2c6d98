package io.sluice.conformance.wire;

import io.sluice.conformance.process.Until;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/// One connection without a client library behind it.
///
/// ```text
///   ┌────────┬─────────────────────────────┐
///   │ length │ header, request or response │
///   │  u32   │        length bytes         │
///   └────────┴─────────────────────────────┘
/// ```
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private int correlation;

    /// Connects to `bootstrap`, an address of the form `host:port`.
    Wire(String bootstrap) {
        var colon = bootstrap.lastIndexOf(':');
        try {
            socket =
                    new Socket(
                            InetAddress.getByName(bootstrap.substring(0, colon)),
                            Integer.parseInt(bootstrap.substring(colon + 1)));
            socket.setSoTimeout((int) Until.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Sends `request` and returns its answer.
    <R extends AbstractResponse> R ask(AbstractRequest request, Class<R> answer) {
        return answer(send(request), answer);
    }

    /// Sends `request` without waiting; its header belongs to [#answer].
    RequestHeader send(AbstractRequest request) {
        var header = new RequestHeader(request.apiKey(), request.version(), "wire", correlation++);
        sendFrame(request.serializeWithHeader(header));
        return header;
    }

    /// The next answer, which must be that of `header`.
    <R extends AbstractResponse> R answer(RequestHeader header, Class<R> answer) {
        return answer.cast(AbstractResponse.parseResponse(receiveFrame(), header));
    }

    /// Sends a header as `version` of `api` has it, followed by `body`.
    int sendRaw(int api, int version, byte[] body) {
        var frame = ByteBuffer.allocate(2 + 2 + 4 + 2 + 1 + body.length);
        frame.putShort((short) api)
                .putShort((short) version)
                .putInt(correlation)
                .putShort((short) -1);
        if (ApiKeys.hasId(api) && ApiKeys.forId(api).requestHeaderVersion((short) version) >= 2) {
            frame.put((byte) 0);
        }
        frame.put(body).flip();
        sendFrame(frame);
        return correlation++;
    }

    void sendFrame(ByteBuffer frame) {
        var bytes = ByteBuffer.allocate(Integer.BYTES + frame.remaining());
        bytes.putInt(frame.remaining()).put(frame).flip();
        sendBytes(bytes.array());
    }

    void sendBytes(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ByteBuffer receiveFrame() {
        try {
            var frame = new byte[in.readInt()];
            in.readFully(frame);
            return ByteBuffer.wrap(frame);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whether the broker closes this connection without a further word.
    boolean isClosedByTheBroker() {
        try {
            var next = in.read();
            return next < 0;
        } catch (EOFException | SocketException closed) {
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
