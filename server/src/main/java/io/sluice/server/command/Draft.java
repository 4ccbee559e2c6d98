package io.sluice.server.command;

import io.sluice.admin.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A message as it was typed: body, `--key` and `--header`.
final class Draft {
    private static final String INPUT = "-";

    private final Invocation call;

    Draft(Invocation call) {
        this.call = call;
    }

    /// @param body what was typed; `-` stands for all of the input; empty: the message has none, or keeps what it has
    JsonObject of(Optional<String> body) {
        return body.map(
                        typed ->
                                typed.equals(INPUT)
                                        ? withBody(input())
                                        : dressed(JsonObject.object().put("body", typed)))
                .orElseGet(() -> dressed(JsonObject.object()));
    }

    /// Bytes that are no text go as base64.
    JsonObject withBody(byte[] body) {
        var message = JsonObject.object();
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            message.put("body", text.toString());
        } catch (CharacterCodingException _) {
            message.put("body_base64", Base64.getEncoder().encodeToString(body));
        }
        return dressed(message);
    }

    private JsonObject dressed(JsonObject message) {
        call.option("--key").ifPresent(key -> message.put("key", key));
        var headers = Assignments.texts(call, call.options("--header"), "--header");
        if (!headers.isEmpty()) {
            message.put("headers", headers);
        }
        return message;
    }

    byte[] input() {
        try {
            return call.terminal().in().readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
