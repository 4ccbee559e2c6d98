package io.sluice.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sluice.transport.http.HttpCall;
import io.sluice.transport.http.HttpOutcome.Cause;
import io.sluice.transport.http.HttpTarget;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection of the client's: one call at a time. Owned by the client's loop.
///
/// ```text
///            send                    the answer's end, and it may be kept
///   idle ───────────▶ busy ───────────────────────────────────────────────▶ idle
///    │                 │ the peer closes; too much body; time is up
///    └──── too long ───┴──────────────────────────────────────────────────▶ closed
/// ```
final class HttpClientConnection extends ChannelInboundHandlerAdapter {
    private static final long IDLE_MILLIS_MAX = 30_000;
    private static final long AGE_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);

    private final HttpClient client;
    private final Loop loop;
    private final HttpTarget server;
    private final long openedNanos = System.nanoTime();
    private @Nullable Channel channel;
    private @Nullable OpenCall open;
    private @Nullable ChannelFuture written;
    private @Nullable HttpAnswerSoFar answer;
    private @Nullable Cancellable idleTimer;
    private boolean hasServed;
    private boolean heard;
    private boolean isInterim;

    HttpClientConnection(HttpClient client, Loop loop, HttpTarget server) {
        this.client = client;
        this.loop = loop;
        this.server = server;
    }

    HttpTarget server() {
        return server;
    }

    void send(OpenCall next) {
        if (idleTimer != null) {
            idleTimer.cancel();
        }
        if (next.isOver() || channel == null) {
            close();
            return;
        }
        open = next;
        answer = null;
        heard = false;
        next.whenAbandoned(this::close);
        written = channel.writeAndFlush(request(next.call()));
        written.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        lost(String.valueOf(done.cause()));
                    }
                });
    }

    private static DefaultFullHttpRequest request(HttpCall call) {
        var body = Unpooled.wrappedBuffer(call.body());
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, call.target().path(), body);
        request.headers().set(HttpHeaderNames.HOST, call.target().authority());
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        call.fields().forEach(field -> request.headers().add(field.name(), field.value()));
        return request;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (open == null) {
                // Nobody has asked for anything.
                close();
            } else if (message instanceof HttpObject part) {
                received(open, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(OpenCall now, HttpObject part) {
        heard = true;
        if (part.decoderResult().isFailure()) {
            now.fail(Cause.MALFORMED_ANSWER, String.valueOf(part.decoderResult().cause()));
            close();
            return;
        }
        if (part instanceof HttpResponse head) {
            isInterim = head.status().code() < 200;
            if (head.status().code() == 101) {
                now.fail(Cause.MALFORMED_ANSWER, "nobody asked for another protocol");
                close();
                return;
            }
            if (!isInterim) {
                answer = new HttpAnswerSoFar(head);
                now.heard(answer::outcome);
            }
        }
        if (part instanceof HttpContent content && answer != null && !isInterim) {
            body(now, answer, content);
        }
    }

    private void body(OpenCall now, HttpAnswerSoFar soFar, HttpContent content) {
        soFar.add(content.content());
        if (content instanceof LastHttpContent) {
            boolean kept = soFar.isKeepAlive() && isUsable();
            open = null;
            hasServed = true;
            if (kept) {
                idleTimer = loop.after(IDLE_MILLIS_MAX, this::close);
                client.free(this);
            } else {
                close();
            }
            now.end(soFar.outcome());
        } else if (soFar.isTooLong()) {
            open = null;
            close();
            now.end(soFar.outcome());
        }
    }

    private boolean isUsable() {
        return written != null
                && written.isSuccess()
                && System.nanoTime() - openedNanos < AGE_NANOS_MAX;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.gone(this);
        lost("the connection ended before there was an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost(String.valueOf(cause.getMessage()));
        close();
    }

    private void lost(String text) {
        var ended = open;
        open = null;
        if (ended != null) {
            ended.fail(hasServed && !heard ? Cause.STALE : Cause.LOST, text);
            close();
        }
    }

    void close() {
        client.gone(this);
        if (channel != null) {
            channel.close();
        }
    }
}
