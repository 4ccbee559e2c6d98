package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.policy.NamesCheck;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a policy must be.
final class PolicyRules {
    private static final Set<String> APPLY_TO =
            Set.of("queues", "classic_queues", "quorum_queues", "streams", "exchanges", "all");

    private static final Set<String> NUMBERS =
            Set.of(
                    "message-ttl",
                    "expires",
                    "max-length",
                    "max-length-bytes",
                    "max-priority",
                    "delivery-limit",
                    "consumer-timeout",
                    "max-in-memory-length",
                    "max-in-memory-bytes",
                    "stream-max-segment-size-bytes",
                    "stream-filter-size-bytes",
                    "initial-cluster-size",
                    "target-group-size",
                    "queue-version");

    private static final Set<String> TEXTS =
            Set.of(
                    "dead-letter-exchange",
                    "dead-letter-routing-key",
                    "dead-letter-strategy",
                    "alternate-exchange",
                    "overflow",
                    "max-age",
                    "queue-mode",
                    "queue-leader-locator",
                    "queue-master-locator",
                    "federation-upstream",
                    "federation-upstream-set",
                    "ha-mode",
                    "ha-sync-mode",
                    "ha-promote-on-shutdown",
                    "ha-promote-on-failure");

    /// Accepted from those who still say it; every durable queue is safe here.
    private static final Set<String> ANYTHING =
            Set.of("ha-params", "ha-sync-batch-size", "single-active-consumer");

    private PolicyRules() {}

    /// The first mistake, if there is one.
    static Optional<String> mistake(String pattern, String applyTo, JsonObject definition) {
        return patternMistake(pattern)
                .or(
                        () ->
                                APPLY_TO.contains(applyTo)
                                        ? Optional.empty()
                                        : Optional.of(
                                                "apply-to '%s' unrecognised; should be one of: %s"
                                                        .formatted(
                                                                applyTo,
                                                                String.join(
                                                                        ", ",
                                                                        new TreeSet<>(APPLY_TO)))))
                .or(() -> definitionMistake(definition))
                .map(mistake -> "Validation failed\n\n" + mistake + "\n");
    }

    private static Optional<String> patternMistake(String pattern) {
        try {
            var _ = Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of(
                    "pattern should be regular expression but is invalid: "
                            + wrong.getDescription());
        }
    }

    private static Optional<String> definitionMistake(JsonObject definition) {
        if (definition.isEmpty()) {
            return Optional.of("no policy provided");
        }
        return definition.fields().entrySet().stream()
                .flatMap(field -> mistake(field.getKey(), field.getValue()).stream())
                .findFirst()
                .or(() -> NamesCheck.POLICY.problem(texts(definition), PolicyValues.NONE));
    }

    private static Map<String, String> texts(JsonObject definition) {
        var texts = new HashMap<String, String>();
        definition.fields().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static Optional<String> mistake(String name, Json value) {
        if (NUMBERS.contains(name)) {
            return isWhole(value)
                    ? Optional.empty()
                    : Optional.of(value.text() + " is not a valid " + name);
        }
        if (TEXTS.contains(name)) {
            return value instanceof Json.Text
                    ? Optional.empty()
                    : Optional.of(value.text() + " is not a valid " + name);
        }
        return ANYTHING.contains(name) || PolicySetting.ofPolicyKey(name).isPresent()
                ? Optional.empty()
                : Optional.of(
                        Json.texts(List.of(name)).text() + " are not recognised policy settings");
    }

    private static boolean isWhole(Json value) {
        return value instanceof Json.Digits digits
                && digits.isWhole()
                && !digits.literal().startsWith("-");
    }
}
