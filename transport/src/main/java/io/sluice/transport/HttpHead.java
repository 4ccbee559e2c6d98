package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sluice.transport.HttpExchange.Keeping;
import io.sluice.transport.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What goes before the body of an answer.
final class HttpHead {
    /// Room for the lines that every answer has.
    private static final int BYTES_USUAL = 512;

    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
    private static final byte[] TYPE = ascii("Content-Type: ");
    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] LINE = ascii("\r\n");
    private static final byte[] CLOSE = ascii("\r\nConnection: close");
    private static final byte[] KEEP_ALIVE = ascii("\r\nConnection: keep-alive");
    private static final byte[] END = ascii("\r\n\r\n");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// The date line of a second; written by whichever loop first needs that second's.
    private static volatile @Nullable Stamp stamp;

    private record Stamp(long second, byte[] line) {}

    private HttpHead() {}

    static ByteBuf goOn(ByteBufAllocator memory) {
        return memory.directBuffer(CONTINUE.length).writeBytes(CONTINUE);
    }

    /// @param roomBehind for so many bytes of the body, in the same buffer
    static ByteBuf of(HttpAnswer answer, Keeping keeping, int roomBehind, ByteBufAllocator memory) {
        var head = memory.directBuffer(BYTES_USUAL + roomBehind);
        if (answer.status() == 200) {
            head.writeBytes(OK);
        } else {
            text(head, "HTTP/1.1 " + HttpResponseStatus.valueOf(answer.status()) + "\r\n");
        }
        if (!answer.contentType().isEmpty()) {
            head.writeBytes(TYPE);
            text(head, answer.contentType());
            head.writeBytes(LINE);
        }
        head.writeBytes(LENGTH);
        text(head, Integer.toString(answer.body().remaining()));
        head.writeBytes(date());
        for (var header : answer.headers().entrySet()) {
            head.writeBytes(LINE);
            text(head, header.getKey());
            text(head, ": ");
            text(head, header.getValue());
        }
        switch (keeping) {
            case OPEN -> {}
            case OPEN_AS_ASKED -> head.writeBytes(KEEP_ALIVE);
            case CLOSED -> head.writeBytes(CLOSE);
        }
        return head.writeBytes(END);
    }

    private static void text(ByteBuf into, String text) {
        into.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private static byte[] date() {
        var second = System.currentTimeMillis() / 1000;
        var latest = stamp;
        if (latest == null || latest.second() != second) {
            latest =
                    new Stamp(
                            second,
                            ascii("\r\nDate: " + DATE.format(Instant.ofEpochSecond(second))));
            stamp = latest;
        }
        return latest.line();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
