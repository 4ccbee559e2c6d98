package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Peeked;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A letter as this API shows it: what is not known is not there.
final class LetterJson {
    private LetterJson() {}

    /// @param bodyBytesMax a longer body is cut, which is said
    static JsonObject json(Letter letter, int bodyBytesMax) {
        var view = letter.view();
        var json =
                JsonObject.object()
                        .put("id", letter.id().text())
                        .put("partition", letter.id().partition())
                        .put("offset", letter.id().offset())
                        .put("state", word(letter.seen().state()))
                        .put("published", time(view.publishedMillis()));
        put(json, "reason", view.reason());
        put(json, "code", view.code());
        put(json, "text", view.text());
        var source = JsonObject.object();
        put(source, "queue", view.sourceQueue());
        put(source, "topic", view.sourceTopic());
        put(source, "partition", view.sourcePartition());
        put(source, "offset", view.sourceOffset());
        json.put("source", source);
        putTime(json, "first_failure", view.firstMillis());
        putTime(json, "last_failure", view.lastMillis());
        put(json, "attempts", view.attempts());
        JsonReader.read(view.attemptLog())
                .filter(Json.Array.class::isInstance)
                .ifPresent(log -> json.put("attempt_log", log));
        json.put("redriven", view.redriven());
        put(json, "key", view.key());
        json.put("headers", headers(letter));
        body(json, view.body(), bodyBytesMax);
        return json;
    }

    /// Those of the application. One that comes several times is an array.
    private static JsonObject headers(Letter letter) {
        var json = JsonObject.object();
        for (var header : letter.view().headers()) {
            if (isApplications(header.key())) {
                var value = value(header.value());
                var before = json.find(header.key());
                json.put(
                        header.key(),
                        switch (before) {
                            case null -> value;
                            case Json.Array(List<Json> items) -> with(items, value);
                            case Json other -> new Json.Array(List.of(other, value));
                        });
            }
        }
        return json;
    }

    private static Json with(List<Json> items, Json value) {
        var all = new ArrayList<>(items);
        all.add(value);
        return new Json.Array(all);
    }

    static boolean isApplications(String header) {
        return !header.equals(Envelope.HEADER)
                && !header.equals(Once.HEADER)
                && !LetterHeaders.isOne(header);
    }

    private static Json value(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return Json.nothing();
        }
        return text(bytes)
                .map(Json::of)
                .orElseGet(() -> JsonObject.object().put("base64", base64(bytes)));
    }

    private static void body(JsonObject json, @Nullable ByteBuffer body, int bytesMax) {
        if (body == null) {
            json.put("body", Json.nothing());
            return;
        }
        json.put("body_bytes", body.remaining());
        var shown = body.slice(body.position(), Math.min(bytesMax, body.remaining()));
        boolean cut = shown.remaining() < body.remaining();
        var text = cut ? textBefore(shown) : text(shown);
        if (text.isPresent()) {
            json.put("body", text.get());
        } else {
            json.put("body_base64", base64(shown));
        }
        if (cut) {
            json.put("body_cut", true);
        }
    }

    /// The cut may go through the middle of a character: that one is left out.
    private static Optional<String> textBefore(ByteBuffer bytes) {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var out = CharBuffer.allocate(bytes.remaining());
        return decoder.decode(bytes.duplicate(), out, false).isError()
                ? Optional.empty()
                : Optional.of(out.flip().toString());
    }

    private static void put(JsonObject json, String name, @Nullable ByteBuffer bytes) {
        if (bytes != null) {
            text(bytes)
                    .ifPresentOrElse(
                            text -> json.put(name, text),
                            () -> json.put(name + "_base64", base64(bytes)));
        }
    }

    private static void put(JsonObject json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void put(JsonObject json, String name, long number) {
        if (number >= 0) {
            json.put(name, number);
        }
    }

    private static void putTime(JsonObject json, String name, long millis) {
        if (millis >= 0) {
            json.put(name, time(millis));
        }
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static Optional<String> text(ByteBuffer bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String base64(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private static String word(Peeked.State state) {
        return switch (state) {
            case READY -> "ready";
            case LEASED -> "leased";
            case DELAYED -> "waiting";
        };
    }
}
