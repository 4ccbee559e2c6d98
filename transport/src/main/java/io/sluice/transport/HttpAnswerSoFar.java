package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.sluice.transport.http.HttpOutcome;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What has come of an answer: its head, and the start of its body.
final class HttpAnswerSoFar {
    /// What is read of a body only to keep the connection.
    private static final long BODY_BYTES_MAX = 64 * 1024;

    private final int status;
    private final boolean keepAlive;
    private final Map<String, String> fields = new HashMap<>();
    private final ByteBuffer start = ByteBuffer.allocate(HttpOutcome.BODY_KEPT_BYTES);
    private long bodyBytes;

    HttpAnswerSoFar(HttpResponse head) {
        status = head.status().code();
        keepAlive = HttpUtil.isKeepAlive(head);
        for (var field : head.headers()) {
            fields.putIfAbsent(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
        }
    }

    boolean isKeepAlive() {
        return keepAlive;
    }

    void add(ByteBuf body) {
        bodyBytes += body.readableBytes();
        int kept = Math.min(start.remaining(), body.readableBytes());
        if (kept > 0) {
            body.getBytes(body.readerIndex(), start.duplicate().limit(start.position() + kept));
            start.position(start.position() + kept);
        }
    }

    boolean isTooLong() {
        return bodyBytes > BODY_BYTES_MAX;
    }

    HttpOutcome outcome() {
        return new HttpOutcome.Answered(
                status, fields, start.duplicate().flip().asReadOnlyBuffer());
    }
}
