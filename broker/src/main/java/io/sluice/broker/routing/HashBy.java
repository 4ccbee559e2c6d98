package io.sluice.broker.routing;

import io.sluice.broker.queue.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What of a message an `x-consistent-hash` exchange looks at.
sealed interface HashBy {
    record RoutingKey() implements HashBy {}

    record HeaderNamed(String name) implements HashBy {}

    record PropertyNamed(String name) implements HashBy {}

    String HEADER = "hash-header";
    String PROPERTY = "hash-property";
    Set<String> PROPERTIES = Set.of("correlation_id", "message_id", "timestamp");

    static HashBy of(Map<String, String> arguments) {
        if (arguments.containsKey(HEADER)) {
            return new HeaderNamed(JsonText.unquoted(arguments.getOrDefault(HEADER, "")));
        }
        return arguments.containsKey(PROPERTY)
                ? new PropertyNamed(JsonText.unquoted(arguments.getOrDefault(PROPERTY, "")))
                : new RoutingKey();
    }

    /// What is wrong with an exchange's arguments; empty when nothing is.
    static Optional<String> fault(Map<String, String> arguments) {
        if (arguments.containsKey(HEADER) && arguments.containsKey(PROPERTY)) {
            return Optional.of("hash-header and hash-property are mutually exclusive");
        }
        return of(arguments) instanceof PropertyNamed(String name) && !PROPERTIES.contains(name)
                ? Optional.of("Unsupported property " + name)
                : Optional.empty();
    }

    /// Messages that lack it are all alike.
    default String text(String key, Walk walk) {
        return switch (this) {
            case RoutingKey() -> key;
            case HeaderNamed(String name) -> walk.headers().getOrDefault(name, "");
            case PropertyNamed(String name) -> walk.property(name).orElse("");
        };
    }
}
