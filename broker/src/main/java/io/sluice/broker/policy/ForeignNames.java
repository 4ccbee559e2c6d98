package io.sluice.broker.policy;

import io.sluice.broker.queue.JsonText;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What RabbitMQ's and Kafka's own names say of settings in this table: they are views of the same policy.
///
/// | name | setting |
/// |---|---|
/// | `delivery-limit` | `retry.max.attempts`, which is one more, as it counts the first try; said both ways in one place, the smaller holds |
/// | `dead-letter-exchange` `""` and `dead-letter-routing-key` | `dead.letter.queue` |
/// | a Kafka group's `share.delivery.count.limit` | `retry.max.attempts` |
/// | another `dead-letter-exchange` | `dead.letter.queue` is unset, whatever a weaker place says |
final class ForeignNames {
    static final String LIMIT = "delivery-limit";
    static final String EXCHANGE = "dead-letter-exchange";
    static final String ROUTING_KEY = "dead-letter-routing-key";

    private static final String SHARE_LIMIT = "share.delivery.count.limit";
    private static final long ATTEMPTS_MAX = 1_000_000;

    private ForeignNames() {}

    /// @param arguments or attributes, values as JSON text
    static PolicyValues ofArguments(Map<String, String> arguments) {
        return ofArguments(arguments, Map.of());
    }

    /// @param policy of the same queue: of two delivery limits the smaller one holds, as in RabbitMQ
    static PolicyValues ofArguments(Map<String, String> arguments, Map<String, String> policy) {
        var limit = arguments.get("x-" + LIMIT);
        if (limit == null && !arguments.containsKey("x-" + EXCHANGE)) {
            return PolicyValues.NONE;
        }
        return of(
                limit == null ? null : smaller(limit, policy.get(LIMIT)),
                arguments.get("x-" + EXCHANGE),
                arguments.get("x-" + ROUTING_KEY));
    }

    static PolicyValues ofPolicy(Map<String, String> policy) {
        return of(policy.get(LIMIT), policy.get(EXCHANGE), policy.get(ROUTING_KEY));
    }

    /// What a Kafka group says: of its two limits of attempts the smaller one holds.
    ///
    /// @param config by Kafka's names
    static PolicyValues ofGroup(Map<String, String> config) {
        var values = PolicyValues.ofKafka(config);
        var deliveries = number(config.get(SHARE_LIMIT));
        if (deliveries.isEmpty()) {
            return values;
        }
        var attempts = number(values.given(PolicySetting.RETRY_MAX_ATTEMPTS).orElse(null));
        return attempts.isPresent() && attempts.get() <= deliveries.get()
                ? values
                : values.with(
                        PolicySetting.RETRY_MAX_ATTEMPTS, Optional.of(deliveries.get().toString()));
    }

    /// Where one place says twice how often a message is tried, the smaller one holds.
    static PolicyValues withFewerAttempts(PolicyValues values, PolicyValues foreign) {
        var ours = number(values.given(PolicySetting.RETRY_MAX_ATTEMPTS).orElse(null));
        var theirs = number(foreign.given(PolicySetting.RETRY_MAX_ATTEMPTS).orElse(null));
        return ours.isPresent() && theirs.isPresent() && theirs.get() < ours.get()
                ? values.with(
                        PolicySetting.RETRY_MAX_ATTEMPTS, Optional.of(theirs.get().toString()))
                : values;
    }

    private static PolicyValues of(
            @Nullable String limit, @Nullable String exchange, @Nullable String routingKey) {
        if (limit == null && exchange == null) {
            return PolicyValues.NONE;
        }
        var values = new EnumMap<PolicySetting, String>(PolicySetting.class);
        number(limit)
                .ifPresent(
                        number -> values.put(PolicySetting.RETRY_MAX_ATTEMPTS, attempts(number)));
        if (exchange != null) {
            values.put(
                    PolicySetting.DEAD_LETTER_QUEUE,
                    exchange.equals("\"\"") && routingKey != null
                            ? JsonText.unquoted(routingKey)
                            : "");
        }
        return PolicyValues.of(values);
    }

    /// A negative limit is none.
    private static String attempts(long limit) {
        return limit < 0 ? "" : Long.toString(Math.min(limit, ATTEMPTS_MAX - 1) + 1);
    }

    private static String smaller(String limit, @Nullable String other) {
        var theirs = number(other);
        return theirs.isPresent() && number(limit).filter(ours -> ours <= theirs.get()).isEmpty()
                ? theirs.get().toString()
                : limit;
    }

    private static Optional<Long> number(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
