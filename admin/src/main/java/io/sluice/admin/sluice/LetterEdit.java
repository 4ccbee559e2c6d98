package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// What shall be different in a copy of a letter: `{body?, body_base64?, headers?, key?, to?}`; what is not said stays. What is wrong with it ends the request.
///
/// @param headers a text sets one, null takes one away
record LetterEdit(
        Optional<ByteBuffer> body, JsonObject headers, Optional<String> key, Optional<String> to) {
    private static final Set<String> NAMES = Set.of("body", "body_base64", "headers", "key", "to");

    static LetterEdit of(JsonObject sent) {
        for (var name : sent.fields().keySet()) {
            if (!NAMES.contains(name)) {
                throw Problem.INVALID.ends("an edited message has no '" + name + "'");
            }
        }
        if (sent.has("body") && sent.has("body_base64")) {
            throw Problem.INVALID.ends("a message has either 'body' or 'body_base64'");
        }
        return new LetterEdit(
                text(sent, "body")
                        .map(body -> ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
                        .or(() -> text(sent, "body_base64").map(LetterEdit::decoded)),
                headers(sent),
                text(sent, "key"),
                text(sent, "to"));
    }

    private static JsonObject headers(JsonObject sent) {
        var value = sent.find("headers");
        if (value == null || value instanceof Json.Null) {
            return JsonObject.object();
        }
        if (!(value instanceof JsonObject headers)) {
            throw Problem.INVALID.ends("'headers' must be an object");
        }
        headers.fields()
                .forEach(
                        (name, header) -> {
                            boolean is = header instanceof Json.Text || header instanceof Json.Null;
                            if (!is || name.isEmpty() || !LetterJson.isApplications(name)) {
                                throw Problem.INVALID.ends(
                                        "the header '"
                                                + name
                                                + "' must be a string or null, and not one of the broker's own");
                            }
                        });
        return headers;
    }

    private static Optional<String> text(JsonObject sent, String name) {
        return switch (sent.find(name)) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case Json.Text(String text) -> Optional.of(text);
            case Json.Digits _, Json.Bool _, Json.Array _, JsonObject _ ->
                    throw Problem.INVALID.ends("'" + name + "' must be a string");
        };
    }

    private static ByteBuffer decoded(String text) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            throw Problem.INVALID.ends("'body_base64' is not base64");
        }
    }
}
