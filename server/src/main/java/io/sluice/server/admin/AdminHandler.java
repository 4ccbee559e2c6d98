package io.sluice.server.admin;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Translates between HTTP as Netty has it and [AdminSite]. One per connection, on the admin's loop.
///
/// One request at a time: the next one is not read before the last one is answered, so answers come in order and a client that sends
/// without reading waits. After an answer that is the last one of its connection nothing is read.
final class AdminHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

    private final AdminSite site;
    private final Deque<HttpObject> waiting = new ArrayDeque<>();
    private @Nullable HttpRequest request;
    private @Nullable RequestAssembly assembly;
    private boolean answering;
    private boolean handling;
    private boolean ended;

    AdminHandler(AdminSite site) {
        this.site = site;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        waiting.add((HttpObject) part);
        handleWaiting(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (mayGoOn()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && !answering) {
            log.debug("an idle admin connection is closed");
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case IOException _ -> log.debug("an admin connection broke", cause);
            default -> log.warn("an admin request failed", cause);
        }
        context.close();
    }

    /// What came in one read with an earlier request waits for its answer.
    private void handleWaiting(ChannelHandlerContext context) {
        handling = true;
        while (mayGoOn() && !waiting.isEmpty()) {
            var part = waiting.remove();
            try {
                handle(context, part);
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
        handling = false;
    }

    private boolean mayGoOn() {
        return !answering && !ended;
    }

    private void handle(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "not HTTP/1.1");
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(context, head);
        }
        if (part instanceof HttpContent content && assembly != null) {
            assembly.add(content.content());
            if (part instanceof LastHttpContent) {
                end(context);
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        request = head;
        assembly = new RequestAssembly(context, head, site);
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.CONTINUE,
                            Unpooled.EMPTY_BUFFER));
        }
    }

    private void end(ChannelHandlerContext context) {
        var complete = assembly;
        var head = request;
        assert complete != null && head != null : "a request ends after it began";
        assembly = null;
        if (complete.isTooLarge()) {
            refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "too large");
            return;
        }
        answering = true;
        answer(complete)
                .whenComplete(
                        (page, failure) -> {
                            answering = false;
                            if (failure != null) {
                                log.error("{} {} failed", head.method(), head.uri(), failure);
                                refuse(
                                        context,
                                        HttpResponseStatus.INTERNAL_SERVER_ERROR,
                                        "failed; see the log");
                            } else {
                                send(context, head, page);
                            }
                        });
    }

    private CompletableFuture<Page> answer(RequestAssembly complete) {
        try {
            return site.answer(complete.whole());
        } catch (RuntimeException mistake) {
            return CompletableFuture.failedFuture(mistake);
        }
    }

    private void send(ChannelHandlerContext context, HttpRequest head, Page page) {
        var response = response(page, head.method().equals(HttpMethod.HEAD));
        var keepAlive = HttpUtil.isKeepAlive(head);
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            ended = true;
            written.addListener(ChannelFutureListener.CLOSE);
        } else if (!handling) {
            handleWaiting(context);
            channelReadComplete(context);
        }
    }

    /// Says why, and that nothing more is read.
    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String reason) {
        ended = true;
        var response = response(Page.text(status.code(), reason), false);
        HttpUtil.setKeepAlive(response, false);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(Page page, boolean withoutBody) {
        var body = page.body().getBytes(StandardCharsets.UTF_8);
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(page.status()),
                        withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        if (!page.contentType().isEmpty()) {
            response.headers().set(CONTENT_TYPE, page.contentType());
        }
        page.headers().forEach((name, value) -> response.headers().set(name, value));
        if (page.status() != HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().setInt(CONTENT_LENGTH, body.length);
        }
        return response;
    }
}
