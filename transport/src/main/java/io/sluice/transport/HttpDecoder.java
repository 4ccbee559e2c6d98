package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// Netty's decoder, which tells how much it was given and whether it has kept some of it.
final class HttpDecoder extends HttpRequestDecoder {
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    private final Traffic traffic;

    /// @param headerBytesMax of the request line, and of all headers together
    HttpDecoder(int headerBytesMax, Traffic traffic) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(headerBytesMax)
                        .setMaxHeaderSize(headerBytesMax)
                        .setMaxChunkSize(CHUNK_BYTES_MAX));
        this.traffic = traffic;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            traffic.received(bytes.readableBytes());
        }
        super.channelRead(context, message);
    }

    /// Whether the beginning of something lies here.
    boolean keepsBytes() {
        return actualReadableBytes() > 0;
    }

    /// A request with two lengths means one of them to somebody else.
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both a length and chunks");
    }
}
