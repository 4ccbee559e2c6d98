package io.sluice.dialect.amqp.session;

import io.netty.buffer.ByteBuf;
import io.sluice.dialect.amqp.codec.ConnectionMethod;
import io.sluice.dialect.amqp.codec.Frame;
import io.sluice.dialect.amqp.codec.FrameDecoder;
import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import io.sluice.dialect.amqp.codec.FrameStream;
import io.sluice.dialect.amqp.codec.FrameType;
import io.sluice.dialect.amqp.codec.Method;
import io.sluice.dialect.amqp.codec.MethodDecoder;
import io.sluice.dialect.amqp.codec.ProtocolError;
import io.sluice.dialect.amqp.session.ConnectionState.AwaitingHeader;
import io.sluice.dialect.amqp.session.ConnectionState.Closed;
import io.sluice.dialect.amqp.session.ConnectionState.Closing;
import io.sluice.dialect.amqp.session.ConnectionState.Limits;
import io.sluice.dialect.amqp.session.ConnectionState.Open;
import io.sluice.transport.StreamConnection;
import io.sluice.transport.StreamSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: routes its frames to the channels, and what other threads tell to whom it concerns.
public final class AmqpSession implements StreamSession {
    private static final Logger log = LoggerFactory.getLogger(AmqpSession.class);

    /// How long a peer may take to answer `connection.close`.
    private static final long CLOSE_MILLIS_MAX = 5_000;

    private final StreamConnection connection;
    private final Services services;
    private final FrameStream frames = new FrameStream();
    private final MethodDecoder methodDecoder = new MethodDecoder();
    private final Inbox inbox;
    private final Output output;
    private final ReadGate gate;
    private final Heartbeats heartbeats;
    private final ConnectionMethods methods;
    private final Publishing publishing;
    private final ChannelTable channels = new ChannelTable();
    private final Work work = new Work();
    private final DeferredBytes deferredBytes;
    private final Blocking blocking;
    private final ExclusiveQueues exclusiveQueues;
    private final SessionView view;
    private ConnectionState state = new AwaitingHeader();
    private @Nullable RouteCache routes;
    private int frameBytesMax = FrameDecoder.FRAME_BYTES_FIRST;
    private boolean takingFrames;

    public AmqpSession(StreamConnection connection, Services services) {
        this.connection = connection;
        this.services = services;
        this.inbox = new Inbox(() -> connection.execute(this::takeEvents));
        this.output = new Output(connection);
        this.gate = new ReadGate(connection);
        this.heartbeats = new Heartbeats(connection, output, gate);
        this.methods = new ConnectionMethods(this, services);
        this.publishing = new Publishing(services.broker(), inbox, gate, this::takeFrames);
        this.deferredBytes = new DeferredBytes(gate, this::takeFrames);
        this.blocking = new Blocking(this, services.pressure());
        this.exclusiveQueues = new ExclusiveQueues(this, services);
        this.view = new SessionView(this, services);
    }

    // ---- what the transport tells

    @Override
    public void received(ByteBuf bytes) {
        view.received(bytes.readableBytes());
        heartbeats.heard();
        frames.feed(bytes.nioBuffer());
        takeFrames();
    }

    @Override
    public void readComplete() {
        flush();
    }

    @Override
    public void writabilityChanged() {
        if (connection.isWritable()) {
            channels.all().forEach(AmqpChannel::creditConsumers);
        }
    }

    @Override
    public void draining() {
        fail(ConnectionMethods.forced("broker forced connection closure with reason 'shutdown'"));
        flush();
    }

    @Override
    public void closed() {
        boolean wasOpen = !(state instanceof Closed);
        state = new Closed();
        heartbeats.stop();
        blocking.stop();
        publishing.flush();
        channels.all().forEach(AmqpChannel::leave);
        exclusiveQueues.deleteAll(() -> {});
        services.connections().closed(view);
        output.drop();
        if (wasOpen) {
            log.debug("{} is gone", name());
        }
    }

    // ---- frames

    /// Takes the frames that are there while the gate is open.
    private void takeFrames() {
        if (takingFrames) {
            return;
        }
        takingFrames = true;
        try {
            while (gate.isOpen() && !(state instanceof Closed)) {
                switch (frames.next()) {
                    case Decoded.Complete(Frame frame) -> take(frame);
                    case Decoded.Greeting _ -> greeted();
                    case Decoded.Stranger _ -> {
                        output.protocolHeader();
                        end();
                    }
                    case Decoded.Malformed(ProtocolError error) -> malformed(error);
                    case Decoded.NeedMore _ -> {
                        return;
                    }
                }
            }
            frames.keep();
        } catch (RuntimeException bug) {
            log.error("a bug in the session of {}", name(), bug);
            fail(Fault.internalError("internal error"));
        } finally {
            takingFrames = false;
        }
    }

    private void greeted() {
        if (state instanceof AwaitingHeader awaiting) {
            methods.greeted(awaiting);
        }
    }

    private void malformed(ProtocolError error) {
        fail(error);
        // Nothing behind it makes sense, not even the answer.
        end();
    }

    private void take(Frame frame) {
        if (frame.type() == FrameType.HEARTBEAT) {
            return;
        }
        if (frame.channel() == 0) {
            takeOnChannel0(frame);
        } else if (state instanceof Open open) {
            takeOnChannel(frame, open);
        } else if (!(state instanceof Closing)) {
            fail(Fault.channelError("a frame on channel " + frame.channel() + " came too early"));
        }
    }

    private void takeOnChannel0(Frame frame) {
        if (frame.type() != FrameType.METHOD) {
            fail(Fault.unexpectedFrame("content on channel 0"));
            return;
        }
        switch (Method.decode(frame)) {
            case ConnectionMethod method -> methods.handle(state, method);
            case ProtocolError error -> fail(error);
            case Method method ->
                    fail(
                            Fault.channelError("a method of another class on channel 0"),
                            method.classId(),
                            method.methodId());
        }
    }

    private void takeOnChannel(Frame frame, Open open) {
        var channel = channels.find(frame.channel());
        if (channel != null) {
            channel.take(frame);
            return;
        }
        NewChannel.take(frame, open, this);
    }

    // ---- events of other threads

    private void takeEvents() {
        try {
            for (var event = inbox.takeAll(); event != null; ) {
                var behind = event.next;
                event.next = null;
                event.happen();
                event = behind;
            }
        } catch (RuntimeException bug) {
            log.error("a bug in the session of {}", name(), bug);
            fail(Fault.internalError("internal error"));
        }
        flush();
    }

    /// Hands on what has gathered in this turn.
    private void flush() {
        publishing.flush();
        work.finish();
        output.flush();
    }

    // ---- what the parts ask for

    StreamConnection connection() {
        return connection;
    }

    Services services() {
        return services;
    }

    MethodDecoder methodDecoder() {
        return methodDecoder;
    }

    Inbox inbox() {
        return inbox;
    }

    Output output() {
        return output;
    }

    ReadGate gate() {
        return gate;
    }

    Publishing publishing() {
        return publishing;
    }

    ChannelTable channels() {
        return channels;
    }

    Work work() {
        return work;
    }

    DeferredBytes deferredBytes() {
        return deferredBytes;
    }

    Blocking blocking() {
        return blocking;
    }

    ExclusiveQueues exclusiveQueues() {
        return exclusiveQueues;
    }

    ConnectionState state() {
        return state;
    }

    /// The state of a connection that has channels.
    Open opened() {
        if (state instanceof Open open) {
            return open;
        }
        throw new IllegalStateException("there are channels only while it is open");
    }

    RouteCache routes() {
        assert routes != null : "routing begins when the virtual host is known";
        return routes;
    }

    int frameBytesMax() {
        return frameBytesMax;
    }

    /// What of a body fits into one frame.
    int frameBodyBytesMax() {
        return frameBytesMax - FrameDecoder.OVERHEAD;
    }

    String name() {
        return view.name();
    }

    boolean isFromLoopback() {
        return connection.remote().getAddress().isLoopbackAddress();
    }

    /// As [StreamConnection#reserve]; while it waits nothing is read.
    boolean reserve(int bytes, Runnable granted) {
        boolean there =
                connection.reserve(
                        bytes,
                        () -> {
                            granted.run();
                            if (gate.open(ReadGate.Reason.MEMORY)) {
                                takeFrames();
                            }
                            flush();
                        });
        if (!there) {
            gate.close(ReadGate.Reason.MEMORY);
        }
        return there;
    }

    void become(ConnectionState next) {
        state = next;
    }

    void agreed(Limits limits) {
        frameBytesMax = limits.frameBytesMax();
        frames.frameBytesMax(frameBytesMax);
        heartbeats.start(limits.heartbeatSeconds());
    }

    void open(Open next) {
        state = next;
        routes = new RouteCache(services.broker(), next.vhost(), publishing::flush);
        view.opened(next);
        services.connections().opened(view);
        log.debug("{}: '{}' opened '{}'", name(), next.client().user().name(), next.vhost());
    }

    // ---- the end

    /// Lets go of everything, as the peer wishes; `then` follows when all of it is done.
    void closeAllChannels(Runnable then) {
        publishing.flush();
        state = new Closing();
        var all = channels.all();
        all.forEach(AmqpChannel::leave);
        var left = new Countdown(all.size(), () -> exclusiveQueues.deleteAll(then));
        all.forEach(channel -> channel.appends().whenNone(left));
    }

    void fail(ProtocolError error) {
        fail(new Fault(error.code(), error.reason()), error.classId(), error.methodId());
    }

    void fail(Fault fault) {
        fail(fault, 0, 0);
    }

    /// Ends the connection, telling the peer why.
    ///
    /// @param classId,methodId of the method that led to it; 0: none did
    void fail(Fault fault, int classId, int methodId) {
        if (state instanceof Closing || state instanceof Closed) {
            return;
        }
        log.info("closing {}: {}", name(), fault.text());
        publishing.flush();
        channels.all().forEach(AmqpChannel::leave);
        methods.close(fault, classId, methodId);
        state = new Closing();
        exclusiveQueues.deleteAll(() -> {});
        connection.schedule(this::end, CLOSE_MILLIS_MAX);
    }

    /// Ends the connection; what was written before still leaves.
    void end() {
        if (!(state instanceof Closed)) {
            state = new Closed();
            heartbeats.stop();
            output.flush();
            connection.close();
        }
    }
}
