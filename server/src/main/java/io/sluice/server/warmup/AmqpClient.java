package io.sluice.server.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/// One AMQP connection with one channel, which knows what it needs to be a load.
///
/// Frames as in AMQP 0-9-1, section 4.2.3; a method's payload begins with its class and its number:
///
/// ```text
///   ┌──────┬─────────┬──────┬─────────────┬──────┐
///   │ type │ channel │ size │   payload   │ 0xCE │
///   │  u8  │   u16   │ u32  │ size bytes  │  u8  │
///   └──────┴─────────┴──────┴─────────────┴──────┘
/// ```
final class AmqpClient implements AutoCloseable {
    private static final int METHOD = 1;
    private static final int HEADER = 2;
    private static final int BODY = 3;
    private static final int FRAME_END = 0xCE;
    private static final int CONNECTION = 10;
    private static final int CHANNEL = 20;
    private static final int QUEUE = 50;
    private static final int BASIC = 60;
    private static final int CONFIRM = 85;
    private static final int DELIVER = 60;
    private static final int ACK = 80;
    private static final int FRAME_BYTES_MAX = 128 * 1024;
    private static final int PREFETCH = 500;
    private static final byte[] MESSAGE = "x".repeat(200).getBytes(UTF_8);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream payload = new DataOutputStream(bytes);
    private long published;
    private long confirmed;

    /// Connects as guest.
    AmqpClient(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 13));
        out.write(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
        answer();
        begin(CONNECTION, 11);
        payload.writeInt(0);
        text("PLAIN");
        var login = "\0guest\0guest".getBytes(UTF_8);
        payload.writeInt(login.length);
        payload.write(login);
        text("en_US");
        send(METHOD, 0);
        answer();
        begin(CONNECTION, 31);
        payload.writeShort(1);
        payload.writeInt(FRAME_BYTES_MAX);
        payload.writeShort(0);
        send(METHOD, 0);
        begin(CONNECTION, 40);
        text("/");
        text("");
        payload.writeByte(0);
        send(METHOD, 0);
        answer();
        begin(CHANNEL, 10);
        text("");
        call();
    }

    /// A durable queue.
    void declare(String queue) throws IOException {
        begin(QUEUE, 10);
        payload.writeShort(0);
        text(queue);
        payload.writeByte(2);
        payload.writeInt(0);
        call();
    }

    void delete(String queue) throws IOException {
        begin(QUEUE, 40);
        payload.writeShort(0);
        text(queue);
        payload.writeByte(0);
        call();
    }

    void confirms() throws IOException {
        begin(CONFIRM, 10);
        payload.writeByte(0);
        call();
    }

    void consume(String queue) throws IOException {
        begin(BASIC, 10);
        payload.writeInt(0);
        payload.writeShort(PREFETCH);
        payload.writeByte(0);
        call();
        begin(BASIC, 20);
        payload.writeShort(0);
        text(queue);
        text("");
        payload.writeByte(0);
        payload.writeInt(0);
        call();
    }

    /// Leaves with [#awaitConfirms].
    void publish(String queue, boolean persistent) throws IOException {
        begin(BASIC, 40);
        payload.writeShort(0);
        text("");
        text(queue);
        payload.writeByte(0);
        send(METHOD, 1);
        payload.writeShort(BASIC);
        payload.writeShort(0);
        payload.writeLong(MESSAGE.length);
        payload.writeShort(0x1000);
        payload.writeByte(persistent ? 2 : 1);
        send(HEADER, 1);
        payload.write(MESSAGE);
        send(BODY, 1);
        published++;
    }

    /// Returns when all that was published is confirmed.
    void awaitConfirms() throws IOException {
        out.flush();
        while (confirmed < published) {
            var method = answer();
            if (method.getShort(2) == ACK) {
                confirmed = method.getLong(4);
            }
        }
    }

    /// Takes that many messages and acknowledges each.
    void acknowledge(int messages) throws IOException {
        for (int taken = 0; taken < messages; ) {
            var method = next(METHOD);
            if (method.getShort(2) == DELIVER) {
                long tag = method.getLong(4 + 1 + method.get(4));
                begin(BASIC, ACK);
                payload.writeLong(tag);
                payload.writeByte(0);
                send(METHOD, 1);
                taken++;
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.flush();
    }

    private void begin(int classId, int methodId) throws IOException {
        payload.writeShort(classId);
        payload.writeShort(methodId);
    }

    private void text(String text) throws IOException {
        payload.writeByte(text.length());
        payload.writeBytes(text);
    }

    private void call() throws IOException {
        send(METHOD, 1);
        answer();
    }

    private void send(int type, int channel) throws IOException {
        out.writeByte(type);
        out.writeShort(channel);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        out.writeByte(FRAME_END);
        bytes.reset();
    }

    private ByteBuffer answer() throws IOException {
        out.flush();
        return next(METHOD);
    }

    private ByteBuffer next(int type) throws IOException {
        while (true) {
            int is = in.readUnsignedByte();
            in.readShort();
            var content = in.readNBytes(in.readInt());
            in.readByte();
            if (is == type) {
                return ByteBuffer.wrap(content);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            begin(CONNECTION, 50);
            payload.writeShort(200);
            text("");
            payload.writeInt(0);
            send(METHOD, 0);
            out.flush();
            while (in.read() >= 0) {
                in.skipNBytes(in.available());
            }
        }
    }
}
