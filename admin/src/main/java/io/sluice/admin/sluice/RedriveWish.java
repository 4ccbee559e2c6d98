package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.LetterFilter;
import java.util.Optional;
import java.util.Set;

/// What somebody wants to have moved: `{to?, filter?, per_second?, max?, dry_run?}`. What is wrong with it ends the request.
///
/// @param perSecond 0: as fast as it goes
/// @param max 0: any number
record RedriveWish(
        Optional<String> to, LetterFilter filter, int perSecond, long max, boolean dryRun) {
    private static final Set<String> NAMES = Set.of("to", "filter", "per_second", "max", "dry_run");
    private static final int PER_SECOND_MAX = 1_000_000;
    private static final long MAX_MAX = 1_000_000_000_000L;

    static RedriveWish of(JsonObject sent) {
        for (var name : sent.fields().keySet()) {
            if (!NAMES.contains(name)) {
                throw Problem.INVALID.ends("a redrive has no '" + name + "'");
            }
        }
        return new RedriveWish(
                to(sent),
                filter(sent),
                (int) number(sent, "per_second", PER_SECOND_MAX),
                number(sent, "max", MAX_MAX),
                flag(sent));
    }

    private static Optional<String> to(JsonObject sent) {
        return switch (sent.find("to")) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case Json.Text(String name) when !name.isEmpty() -> Optional.of(name);
            case Json.Text _, Json.Digits _, Json.Bool _, Json.Array _, JsonObject _ ->
                    throw Problem.INVALID.ends("'to' must be the name of a queue");
        };
    }

    private static LetterFilter filter(JsonObject sent) {
        return switch (sent.find("filter")) {
            case null -> LetterFilter.ALL;
            case Json.Null _ -> LetterFilter.ALL;
            case JsonObject filter -> LetterFilters.of(filter);
            case Json.Text _, Json.Digits _, Json.Bool _, Json.Array _ ->
                    throw Problem.INVALID.ends("'filter' must be an object");
        };
    }

    private static long number(JsonObject sent, String name, long max) {
        var value = sent.find(name);
        if (value == null || value instanceof Json.Null) {
            return 0;
        }
        try {
            if (value instanceof Json.Digits(String literal)) {
                long number = Long.parseLong(literal);
                if (number >= 1 && number <= max) {
                    return number;
                }
            }
        } catch (NumberFormatException _) {
            // As wrong as one that is too large.
        }
        throw Problem.INVALID.ends("'" + name + "' must be a whole number, 1 to " + max);
    }

    private static boolean flag(JsonObject sent) {
        return switch (sent.find("dry_run")) {
            case null -> false;
            case Json.Null _ -> false;
            case Json.Bool(boolean is) -> is;
            case Json.Text _, Json.Digits _, Json.Array _, JsonObject _ ->
                    throw Problem.INVALID.ends("'dry_run' must be true or false");
        };
    }
}
