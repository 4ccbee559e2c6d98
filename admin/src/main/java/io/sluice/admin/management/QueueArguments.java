package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What a queue's arguments must be, in RabbitMQ's words. Arguments that nobody knows are fine.
final class QueueArguments {
    private static final int PRIORITY_MAX = 255;

    private QueueArguments() {}

    /// The first mistake, if there is one.
    static Optional<String> mistake(String vhost, String queue, JsonObject arguments) {
        for (var argument : arguments.fields().entrySet()) {
            var wrong = wrong(argument.getKey(), argument.getValue());
            if (wrong.isPresent()) {
                return wrong.map(
                        reason ->
                                "invalid arg '%s' for queue '%s' in vhost '%s': %s"
                                        .formatted(argument.getKey(), queue, vhost, reason));
            }
        }
        return arguments.has("x-dead-letter-routing-key")
                        && !arguments.has("x-dead-letter-exchange")
                ? Optional.of(
                        "invalid arg 'x-dead-letter-routing-key' for queue '%s' in vhost '%s': routing_key_but_no_dlx_defined"
                                .formatted(queue, vhost))
                : Optional.empty();
    }

    private static Optional<String> wrong(String name, Json value) {
        return switch (name) {
            case "x-expires", "x-delivery-limit", "x-consumer-timeout" -> whole(value, 1);
            case "x-message-ttl",
                    "x-max-length",
                    "x-max-length-bytes",
                    "x-max-in-memory-length",
                    "x-max-in-memory-bytes" ->
                    whole(value, 0);
            case "x-max-priority" -> priority(value);
            case "x-dead-letter-exchange", "x-dead-letter-routing-key", "x-sluice-topic" ->
                    text(value);
            case "x-overflow" -> oneOf(value, "drop-head", "reject-publish", "reject-publish-dlx");
            case "x-queue-mode" -> oneOf(value, "default", "lazy");
            case "x-queue-type" -> oneOf(value, "classic", "quorum", "stream");
            case "x-single-active-consumer" ->
                    value instanceof Json.Bool
                            ? Optional.empty()
                            : Optional.of("\"expected boolean\"");
            default -> Optional.empty();
        };
    }

    private static Optional<String> priority(Json value) {
        return whole(value, 0)
                .or(
                        () ->
                                number(value) > PRIORITY_MAX
                                        ? Optional.of("{max_value_exceeded," + number(value) + "}")
                                        : Optional.empty());
    }

    private static Optional<String> whole(Json value, long least) {
        if (!(value instanceof Json.Digits digits) || !digits.isWhole()) {
            return Optional.of("\"expected integer, got %s\"".formatted(kind(value)));
        }
        long number = number(value);
        if (number < 0) {
            return Optional.of("{value_negative," + number + "}");
        }
        return number < least ? Optional.of("{value_zero," + number + "}") : Optional.empty();
    }

    private static long number(Json value) {
        try {
            return Long.parseLong(value.text());
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    private static Optional<String> text(Json value) {
        return value instanceof Json.Text
                ? Optional.empty()
                : Optional.of("{unacceptable_type," + kind(value) + "}");
    }

    private static Optional<String> oneOf(Json value, String... allowed) {
        return value instanceof Json.Text(String text) && List.of(allowed).contains(text)
                ? Optional.empty()
                : Optional.of("{invalid_value," + value.text() + "}");
    }

    private static String kind(Json value) {
        return switch (value) {
            case Json.Text _ -> "longstr";
            case Json.Bool _ -> "bool";
            case Json.Digits _ -> "double";
            case Json.Array _ -> "array";
            case Json.Null _ -> "void";
            case JsonObject _ -> "table";
        };
    }
}
