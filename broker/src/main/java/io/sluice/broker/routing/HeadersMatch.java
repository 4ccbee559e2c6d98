package io.sluice.broker.routing;

import io.sluice.broker.queue.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a binding to a headers exchange asks of a message: headers with these values, all of them or any.
///
/// @param any one is enough
/// @param wanted values as JSON text; `null` is met by every value
record HeadersMatch(boolean any, Map<String, String> wanted) {
    /// The argument that says how: `all`, `any`, or the same `-with-x`, where headers whose name begins with `x-` count too.
    static final String ARGUMENT = "x-match";

    private static final String UNSET = "null";

    HeadersMatch {
        wanted = Map.copyOf(wanted);
    }

    static HeadersMatch of(Map<String, String> arguments) {
        var how = arguments.get(ARGUMENT);
        var text = how == null ? "all" : JsonText.unquoted(how);
        var wanted = new TreeMap<>(arguments);
        wanted.remove(ARGUMENT);
        if (!text.endsWith("-with-x")) {
            wanted.keySet().removeIf(name -> name.startsWith("x-"));
        }
        return new HeadersMatch(text.startsWith("any"), wanted);
    }

    /// What is wrong with a binding's arguments; empty when nothing is.
    static Optional<String> fault(Map<String, String> arguments) {
        var how = arguments.getOrDefault(ARGUMENT, "\"all\"");
        return switch (how) {
            case "\"all\"", "\"any\"", "\"all-with-x\"", "\"any-with-x\"" -> Optional.empty();
            default ->
                    Optional.of(
                            how.startsWith("\"")
                                    ? "Invalid x-match field value "
                                            + how
                                            + "; expected all, any, all-with-x, or any-with-x"
                                    : "Invalid x-match field value " + how + "; expected a string");
        };
    }

    boolean matches(Map<String, String> headers) {
        for (var header : wanted.entrySet()) {
            var value = headers.get(header.getKey());
            boolean met =
                    value != null
                            && (header.getValue().equals(UNSET) || header.getValue().equals(value));
            if (met == any) {
                return any;
            }
        }
        return !any;
    }
}
