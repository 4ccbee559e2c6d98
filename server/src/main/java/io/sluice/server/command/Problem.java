package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.util.Optional;
import java.util.stream.Stream;

/// Why the broker refused, in one sentence, out of the three forms in which it says so: RFC 9457's, the management API's, a schema registry's.
final class Problem {
    private static final int UNAUTHORIZED = 401;

    private Problem() {}

    static String sentence(int status, String body) {
        if (status == UNAUTHORIZED) {
            return "the broker does not know this user and password (--user, --password)";
        }
        return JsonReader.read(body)
                .flatMap(Problem::told)
                .orElseGet(() -> "the broker answered with status " + status + plain(body));
    }

    private static Optional<String> told(Json json) {
        return json instanceof JsonObject object
                ? Stream.of("detail", "reason", "message", "title")
                        .flatMap(name -> object.text(name).stream())
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .map(Printable::of)
                : Optional.empty();
    }

    private static String plain(String body) {
        var line = body.lines().findFirst().orElse("").strip();
        return line.isEmpty() || line.startsWith("<") || line.startsWith("{")
                ? ""
                : ": " + Printable.of(line);
    }
}
