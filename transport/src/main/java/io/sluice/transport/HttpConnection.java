package io.sluice.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sluice.transport.HttpExchange.Keeping;
import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpListenerSettings;
import io.sluice.transport.http.HttpService;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection: requests in, answers out in the order of the requests, and no more of either than is bearable.
///
/// It is read while all of this holds: memory for the body is to be had, not too many requests are open, and what was answered is being read by the
/// peer. What the decoder has already made of a read when that ends is held; it is less than one read's bytes.
///
/// Owned by its channel's loop.
final class HttpConnection extends SocketConnection {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    private static final int READ_BYTES_MAX = 64 * 1024;
    private static final RecvByteBufAllocator PLACEMENT =
            new AdaptiveRecvByteBufAllocator(512, 2 * 1024, READ_BYTES_MAX);

    /// Bodies up to here are copied behind their head, larger ones are sent from where they lie.
    private static final int COPIED_MAX = 16 * 1024;

    /// How long a peer that was refused may go on sending before the connection ends without it: closing at once would take the refusal away
    /// from it.
    private static final long FAREWELL_MILLIS = 1_000;

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpListenerSettings settings;
    private final HttpService service;
    private final HttpDecoder decoder;
    private final ArrayDeque<HttpExchange> open = new ArrayDeque<>(4);

    /// Decoded, but not looked at yet.
    private final ArrayDeque<HttpObject> held = new ArrayDeque<>(0);

    private final IncomingRequest incoming;
    private final ArrivalLimit arrival;

    /// The last request was taken: what still comes is dropped.
    private boolean last;

    private boolean taking;
    private boolean goOnDue;
    private boolean lingering;
    private boolean reading = true;

    HttpConnection(
            Channel channel,
            Listener listener,
            HttpListenerSettings settings,
            HttpService service) {
        super(channel, listener);
        this.settings = settings;
        this.service = service;
        this.decoder = new HttpDecoder(settings.headerBytesMax(), listener.traffic());
        this.incoming = new IncomingRequest(this, listener.budget(), settings.bodyBytesMax());
        this.arrival = new ArrivalLimit(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addBefore(context.name(), null, decoder);
    }

    @Override
    RecvByteBufAllocator placement() {
        return PLACEMENT;
    }

    @Override
    void opened() {}

    // ---- requests

    @Override
    void received(Object message) {
        var part = (HttpObject) message;
        if (last) {
            ReferenceCountUtil.release(part);
        } else if (held.isEmpty() && welcomes(part)) {
            take(part);
        } else {
            held.add(part);
        }
        adjustReading();
    }

    private boolean welcomes(HttpObject part) {
        return !incoming.waitsForMemory() && !(part instanceof HttpRequest && isFull());
    }

    private boolean isFull() {
        return open.size() >= settings.openMax();
    }

    /// Not while it is at work: what it takes may be answered at once, and would come back here.
    private void takeHeld() {
        if (taking) {
            return;
        }
        taking = true;
        while (!held.isEmpty() && (last || welcomes(held.getFirst()))) {
            var part = held.removeFirst();
            if (last) {
                ReferenceCountUtil.release(part);
            } else {
                take(part);
            }
        }
        taking = false;
    }

    private void take(HttpObject part) {
        try {
            if (part.decoderResult().isFailure()) {
                refuse(RequestHead.status(part.decoderResult().cause()));
                return;
            }
            if (part instanceof HttpRequest request) {
                begin(request);
            }
            if (part instanceof HttpContent content && incoming.isThere()) {
                add(content);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void begin(HttpRequest request) {
        var refusal = RequestHead.refusal(request, settings.bodyBytesMax());
        if (refusal != 0) {
            refuse(refusal);
            return;
        }
        if (incoming.begin(request)) {
            askForBody();
        }
    }

    /// There is memory for it now.
    void bodyMayCome() {
        askForBody();
        takeHeld();
        adjustReading();
        watchArrival();
    }

    private void askForBody() {
        goOnDue = incoming.waitsToBeAsked();
        goOn();
    }

    /// Asks for the body of a client that waits to be asked, once nobody's answer could be taken for it.
    private void goOn() {
        if (goOnDue && open.isEmpty()) {
            goOnDue = false;
            channel().write(HttpHead.goOn(channel().alloc()), channel().voidPromise());
            flushSoon();
        }
    }

    private void add(HttpContent content) {
        if (!incoming.add(content)) {
            refuse(413);
        } else if (content instanceof LastHttpContent) {
            complete();
        }
    }

    private void complete() {
        var exchange = incoming.complete();
        nothingComesIn();
        last = exchange.keeping() == Keeping.CLOSED;
        open.add(exchange);
        listener().traffic().request();
        try {
            service.handle(exchange, exchange);
            exchange.handled();
        } catch (RuntimeException e) {
            log.warn("closing the connection from {}: a request failed", remote(), e);
            end();
        }
    }

    private void nothingComesIn() {
        goOnDue = false;
        arrival.stop();
    }

    /// Says no behind the answers to what came before, and takes nothing more: where the next request would begin is not known.
    private void refuse(int status) {
        incoming.drop();
        nothingComesIn();
        last = true;
        lingering = true;
        var exchange =
                new HttpExchange(
                        this, "", "/", EmptyHttpHeaders.INSTANCE, NOTHING, 0, Keeping.CLOSED);
        open.add(exchange);
        Map<String, String> headers = status == 405 ? Map.of("Allow", "GET, POST") : Map.of();
        exchange.send(new HttpAnswer(status, "", headers, NOTHING));
    }

    // ---- back-pressure

    @Override
    void readComplete() {
        watchArrival();
    }

    private void adjustReading() {
        var wanted =
                last
                        ? lingering
                        : !incoming.waitsForMemory()
                                && held.isEmpty()
                                && !isFull()
                                && !draining()
                                && channel().isWritable();
        if (wanted != reading && !closed()) {
            reading = wanted;
            channel().config().setAutoRead(wanted);
        }
    }

    @Override
    void writabilityChanged() {
        adjustReading();
    }

    // ---- time

    private void watchArrival() {
        var comingIn = !last && (incoming.isThere() || decoder.keepsBytes());
        if (comingIn && !closed()) {
            arrival.start(settings.arrivalMax());
        }
    }

    void tooSlow() {
        if (closed() || last) {
            return;
        }
        if (reading) {
            refuse(408);
            adjustReading();
        } else {
            // It is us who do not read.
            watchArrival();
        }
    }

    // ---- answers

    /// One of the open requests was answered.
    void answered() {
        if (closed()) {
            return;
        }
        for (var next = open.peek(); next != null; next = open.peek()) {
            var answer = next.ready();
            if (answer == null) {
                break;
            }
            open.remove();
            write(answer, draining() && open.isEmpty() ? Keeping.CLOSED : next.keeping());
        }
        goOn();
        touch();
        flushSoon();
        if (open.isEmpty() && (last || draining())) {
            endAfterAnswers();
        } else if (!held.isEmpty()) {
            takeHeld();
        }
        adjustReading();
    }

    private void write(HttpAnswer answer, Keeping keeping) {
        var memory = channel().alloc();
        var bytes = answer.body().remaining();
        var copied = bytes <= COPIED_MAX;
        var head = HttpHead.of(answer, keeping, copied ? bytes : 0, memory);
        if (copied) {
            head.writeBytes(answer.body());
        }
        listener().traffic().sent(head.readableBytes() + (copied ? 0L : bytes));
        channel().write(head, channel().voidPromise());
        if (!copied) {
            channel().write(Unpooled.wrappedBuffer(answer.body()), channel().voidPromise());
        }
    }

    void release(int bytes) {
        if (bytes > 0) {
            listener().budget().release(bytes);
        }
    }

    // ---- the end

    private void endAfterAnswers() {
        if (!lingering || draining()) {
            endWhenSent();
            return;
        }
        channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> ((DuplexChannel) channel()).shutdownOutput());
        channel().eventLoop().schedule(this::end, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    void drainNow() {
        adjustReading();
        if (open.isEmpty() && !closed()) {
            endWhenSent();
        }
    }

    @Override
    boolean busy() {
        return !open.isEmpty() || incoming.waitsForMemory();
    }

    @Override
    void gone() {
        arrival.stop();
        incoming.end();
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        open.forEach(HttpExchange::abandoned);
        open.clear();
    }
}
