package io.sluice.dialect.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/// A client that sends whatever it is told, over a socket.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawClient(RunningDialect dialect) throws IOException {
        socket = new Socket();
        socket.connect(dialect.address());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /// A frame of these bytes.
    void send(byte[] bytes) throws IOException {
        var frame =
                ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        out.write(frame.array());
    }

    /// A request, with the correlation id.
    void send(AbstractRequest request, int id) throws IOException {
        send(bytes(request, id));
    }

    /// A request with its header, without the length.
    static byte[] bytes(AbstractRequest request, int id) {
        var header = new RequestHeader(request.apiKey(), request.version(), "raw", id);
        var buffer = request.serializeWithHeader(header);
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /// The next answer, whose correlation id must be `id`.
    AbstractResponse receive(ApiKeys key, short version, int id) throws IOException {
        var bytes = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        var header = ResponseHeader.parse(bytes, key.responseHeaderVersion(version));
        if (header.correlationId() != id) {
            throw new AssertionError("an answer to " + header.correlationId() + ", not to " + id);
        }
        return AbstractResponse.parseResponse(key, new ByteBufferAccessor(bytes), version);
    }

    boolean isClosedByPeer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
