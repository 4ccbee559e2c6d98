package io.sluice.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.sluice.admin.http.Request;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One request whose body is still coming. Who has not said who it is may not send much.
final class RequestAssembly {
    private static final int STRANGERS_BYTES_MAX = 16 * 1024;

    /// Definitions of a large broker are some megabytes.
    private static final int BYTES_MAX = 32 * 1024 * 1024;

    private final Request head;
    private final int bytesMax;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean tooLarge;

    RequestAssembly(ChannelHandlerContext context, HttpRequest request, AdminSite site) {
        this.head = head(context, request);
        this.bytesMax = site.isKnown(head) ? BYTES_MAX : STRANGERS_BYTES_MAX;
    }

    /// More of the body. What is too much is not kept.
    void add(ByteBuf bytes) {
        tooLarge |= body.size() + bytes.readableBytes() > bytesMax;
        if (!tooLarge) {
            var copy = new byte[bytes.readableBytes()];
            bytes.getBytes(bytes.readerIndex(), copy);
            body.writeBytes(copy);
        }
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    Request whole() {
        return new Request(
                head.method(),
                head.target(),
                head.authorization(),
                head.reason(),
                ByteBuffer.wrap(body.toByteArray()),
                head.peer());
    }

    private static Request head(ChannelHandlerContext context, HttpRequest request) {
        var headers = request.headers();
        return new Request(
                request.method().name(),
                request.uri(),
                Optional.ofNullable(headers.get(HttpHeaderNames.AUTHORIZATION)),
                Optional.ofNullable(headers.get("x-reason")),
                ByteBuffer.allocate(0),
                ((InetSocketAddress) context.channel().remoteAddress()).getAddress());
    }
}
