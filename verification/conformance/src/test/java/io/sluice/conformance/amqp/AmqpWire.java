package io.sluice.conformance.amqp;

import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/// One AMQP connection whose every byte the test decides.
final class AmqpWire implements AutoCloseable {
    static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    private static final int METHOD = 1;
    private static final int HEARTBEAT = 8;

    private final Socket socket;
    private final DataInputStream in;

    AmqpWire(AmqpAddress address) throws IOException {
        socket = new Socket(address.host(), address.port());
        socket.setSoTimeout((int) Until.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /// A connection that is open, on which no channel is yet.
    static AmqpWire open(AmqpAddress address) throws IOException {
        return open(address, 131_072, 0);
    }

    static AmqpWire open(AmqpAddress address, int frameMax, int heartbeatSeconds)
            throws IOException {
        var wire = new AmqpWire(address);
        var tune = wire.login(Map.of(), "guest");
        wire.send(
                0, new AMQImpl.Connection.TuneOk(tune.getChannelMax(), frameMax, heartbeatSeconds));
        wire.send(0, new AMQImpl.Connection.Open("/", "", false));
        wire.receive(AMQImpl.Connection.OpenOk.class);
        return wire;
    }

    /// As far as the broker's wish for the connection's limits.
    AMQImpl.Connection.Tune login(Map<String, Object> clientProperties, String password)
            throws IOException {
        startOk(clientProperties, "PLAIN", "\0guest\0" + password);
        return receive(AMQImpl.Connection.Tune.class);
    }

    void startOk(Map<String, Object> clientProperties, String mechanism, String response)
            throws IOException {
        sendBytes(HEADER);
        receive(AMQImpl.Connection.Start.class);
        send(
                0,
                new AMQImpl.Connection.StartOk(
                        clientProperties, mechanism, longString(response), "en_US"));
    }

    static LongString longString(String text) {
        return LongStringHelper.asLongString(text);
    }

    void send(int channel, com.rabbitmq.client.Method... methods) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var method : methods) {
            ((Method) method).toFrame(channel).writeTo(new DataOutputStream(bytes));
        }
        sendBytes(bytes.toByteArray());
    }

    void send(Frame... frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var frame : frames) {
            frame.writeTo(new DataOutputStream(bytes));
        }
        sendBytes(bytes.toByteArray());
    }

    /// A frame with whatever is in it.
    static Frame frame(int type, int channel, byte[] payload) throws IOException {
        var frame = new Frame(type, channel);
        frame.getOutputStream().write(payload);
        return frame;
    }

    void sendBytes(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// The next method of the broker, which must be of this kind. Heartbeats are passed over.
    <M> M receive(Class<M> kind) throws IOException {
        return kind.cast(receive());
    }

    com.rabbitmq.client.Method receive() throws IOException {
        var frame = receiveFrame();
        while (frame.getType() == HEARTBEAT) {
            frame = receiveFrame();
        }
        if (frame.getType() != METHOD) {
            throw new AssertionError("not a method: " + frame);
        }
        return AMQImpl.readMethodFrom(frame.getInputStream());
    }

    Frame receiveFrame() throws IOException {
        var frame = Frame.readFrom(in, () -> Integer.MAX_VALUE);
        if (frame == null) {
            throw new EOFException();
        }
        return frame;
    }

    /// The next `count` bytes.
    byte[] receiveBytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /// The code with which the broker closes the connection; 0 if it does so without a word.
    int refusal() throws IOException {
        try {
            return receive(AMQImpl.Connection.Close.class).getReplyCode();
        } catch (EOFException | SocketException closed) {
            return 0;
        }
    }

    /// Whether the broker closes this connection without a further word.
    boolean isClosedByTheBroker() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
