package io.sluice.broker.queue;

import io.sluice.broker.message.DeadLetterView;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which dead letters are meant: those that are all of this. Empty texts, and times of -1, mean any.
///
/// @param reason,code as the letter says it
/// @param source the queue in which it died
/// @param fromMillis,toMillis when it died, wall clock: from included, to not
/// @param headerName,headerValue that it has such a header
/// @param containing that its body, as UTF-8, has this in it
public record LetterFilter(
        String reason,
        String code,
        String source,
        long fromMillis,
        long toMillis,
        String key,
        String headerName,
        String headerValue,
        String containing) {
    public static final LetterFilter ALL = new LetterFilter("", "", "", -1, -1, "", "", "", "");

    private static final int NAME_MAX = 255;
    private static final int TEXT_MAX = 1_000;

    /// @throws IllegalArgumentException for a text that is too long: its message says which
    public LetterFilter {
        bounded("reason", reason, NAME_MAX);
        bounded("code", code, NAME_MAX);
        bounded("source", source, NAME_MAX);
        bounded("key", key, TEXT_MAX);
        bounded("header", headerName, NAME_MAX);
        bounded("header", headerValue, TEXT_MAX);
        bounded("text", containing, TEXT_MAX);
    }

    private static void bounded(String what, String text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException(what + " must have at most " + max + " characters");
        }
    }

    /// All letters of a queue.
    public static LetterFilter ofSource(String queue) {
        return new LetterFilter("", "", queue, -1, -1, "", "", "", "");
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean matches(DeadLetterView letter) {
        return is(reason, letter.reason())
                && is(code, letter.code())
                && is(source, letter.sourceQueue())
                && (fromMillis < 0 || letter.diedMillis() >= fromMillis)
                && (toMillis < 0 || letter.diedMillis() < toMillis)
                && (key.isEmpty() || equal(key, letter.key()))
                && (headerName.isEmpty()
                        || letter.header(headerName).equals(Optional.of(headerValue)))
                && (containing.isEmpty() || holds(letter.body(), containing));
    }

    private static boolean is(String wanted, String text) {
        return wanted.isEmpty() || wanted.equals(text);
    }

    private static boolean equal(String text, @Nullable ByteBuffer bytes) {
        return bytes != null && StandardCharsets.UTF_8.encode(text).equals(bytes);
    }

    private static boolean holds(@Nullable ByteBuffer body, String text) {
        if (body == null) {
            return false;
        }
        var wanted = text.getBytes(StandardCharsets.UTF_8);
        int last = body.limit() - wanted.length;
        for (int at = body.position(); at <= last; at++) {
            int same = 0;
            while (same < wanted.length && body.get(at + same) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /// One line without bars: `reason=rejected&text=a+b`; empty for [#ALL].
    public String line() {
        var line = new StringBuilder();
        add(line, "reason", reason);
        add(line, "code", code);
        add(line, "source", source);
        add(line, "from", fromMillis < 0 ? "" : Long.toString(fromMillis));
        add(line, "to", toMillis < 0 ? "" : Long.toString(toMillis));
        add(line, "key", key);
        add(line, "header", headerName);
        add(line, "value", headerValue);
        add(line, "text", containing);
        return line.toString();
    }

    private static void add(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(line.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /// @throws IllegalArgumentException for a text that [#line] did not make
    public static LetterFilter of(String line) {
        Map<String, String> fields = new HashMap<>();
        for (var part : line.isEmpty() ? new String[0] : line.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no filter: " + line);
            }
            fields.put(
                    part.substring(0, equals),
                    URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new LetterFilter(
                fields.getOrDefault("reason", ""),
                fields.getOrDefault("code", ""),
                fields.getOrDefault("source", ""),
                Long.parseLong(fields.getOrDefault("from", "-1")),
                Long.parseLong(fields.getOrDefault("to", "-1")),
                fields.getOrDefault("key", ""),
                fields.getOrDefault("header", ""),
                fields.getOrDefault("value", ""),
                fields.getOrDefault("text", ""));
    }
}
