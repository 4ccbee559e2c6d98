package io.sluice.dialect.amqp.session;

import io.sluice.broker.policy.NamesCheck;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which arguments a queue may be declared with. Unknown ones are accepted, as in RabbitMQ, but for those that look like a policy's.
final class QueueArguments {
    static final String TYPE = "x-queue-type";
    static final String DEAD_LETTER_EXCHANGE = "x-dead-letter-exchange";
    static final String DEAD_LETTER_KEY = "x-dead-letter-routing-key";

    private static final long PRIORITY_MAX = 255;
    private static final long MILLIS_MAX = 0xFFFF_FFFFL;

    /// Says what is wrong with a value, as an Erlang term; null: nothing.
    @FunctionalInterface
    private interface Check {
        @Nullable String wrong(Value value);
    }

    private static final Map<String, Check> CHECKS = checks();

    private static final Set<String> CLASSIC =
            Set.of(
                    "x-expires",
                    "x-message-ttl",
                    DEAD_LETTER_EXCHANGE,
                    DEAD_LETTER_KEY,
                    "x-max-length",
                    "x-max-length-bytes",
                    "x-max-priority",
                    "x-overflow",
                    "x-queue-mode",
                    "x-queue-version",
                    "x-single-active-consumer",
                    TYPE,
                    "x-queue-master-locator",
                    "x-queue-leader-locator");

    private static final Set<String> QUORUM =
            Set.of(
                    "x-expires",
                    "x-message-ttl",
                    DEAD_LETTER_EXCHANGE,
                    DEAD_LETTER_KEY,
                    "x-dead-letter-strategy",
                    "x-max-length",
                    "x-max-length-bytes",
                    "x-max-in-memory-length",
                    "x-max-in-memory-bytes",
                    "x-overflow",
                    "x-single-active-consumer",
                    TYPE,
                    "x-quorum-initial-group-size",
                    "x-quorum-target-group-size",
                    "x-delivery-limit",
                    "x-queue-leader-locator");

    private static final Set<String> STREAM =
            Set.of(
                    "x-max-length-bytes",
                    "x-max-age",
                    "x-stream-max-segment-size-bytes",
                    "x-stream-filter-size-bytes",
                    "x-initial-cluster-size",
                    TYPE,
                    "x-queue-leader-locator");

    private static final Set<String> ALL = all();

    /// Of a queue of any type.
    private static final Set<String> POLICIES =
            Stream.of(PolicySetting.values())
                    .map(PolicySetting::argument)
                    .collect(Collectors.toUnmodifiableSet());

    private QueueArguments() {}

    /// What is wrong with them; null: nothing.
    ///
    /// @param queue as texts name it
    static @Nullable Fault check(Table arguments, String queue) {
        for (var entry : CHECKS.entrySet()) {
            var value = arguments.field(entry.getKey());
            var wrong = value.isEmpty() ? null : entry.getValue().wrong(value.get());
            if (wrong != null) {
                return invalid(entry.getKey(), queue, wrong);
            }
        }
        if (arguments.field(DEAD_LETTER_KEY).isPresent()
                && arguments.field(DEAD_LETTER_EXCHANGE).isEmpty()) {
            return invalid(DEAD_LETTER_KEY, queue, "routing_key_but_no_dlx_defined");
        }
        var type = type(arguments);
        for (var name : arguments.fields().keySet()) {
            if (ALL.contains(name) && !namesOf(type).contains(name)) {
                return Fault.preconditionFailed(
                        "invalid arg '%s' for %s of queue type rabbit_%s_queue"
                                .formatted(name, queue, word(type)));
            }
        }
        return checkPolicies(arguments, queue);
    }

    private static @Nullable Fault checkPolicies(Table arguments, String queue) {
        return arguments.isEmpty()
                ? null
                : NamesCheck.ARGUMENTS
                        .problem(arguments.toJson(), PolicyValues.NONE)
                        .map(
                                problem ->
                                        Fault.preconditionFailed(
                                                "%s (%s)".formatted(problem, queue)))
                        .orElse(null);
    }

    /// What is wrong with the kind of queue; null: nothing.
    static @Nullable Fault checkKind(
            QueueType type, boolean durable, boolean exclusive, boolean autoDelete, String queue) {
        if (type == QueueType.CLASSIC) {
            return null;
        }
        if (autoDelete) {
            return Fault.preconditionFailed("invalid property 'auto-delete' for " + queue);
        }
        if (exclusive) {
            return Fault.preconditionFailed("invalid property 'exclusive-owner' for " + queue);
        }
        return durable
                ? null
                : Fault.preconditionFailed("invalid property 'non-durable' for " + queue);
    }

    /// What the checked arguments ask for.
    static QueueType type(Table arguments) {
        return arguments.text(TYPE).flatMap(QueueArguments::typeOf).orElse(QueueType.CLASSIC);
    }

    /// Which arguments have to be the same when a queue is declared again.
    static Set<String> fixed(QueueType type) {
        var fixed = new HashSet<>(namesOf(type));
        fixed.addAll(POLICIES);
        return fixed;
    }

    private static Set<String> namesOf(QueueType type) {
        return switch (type) {
            case CLASSIC -> CLASSIC;
            case QUORUM -> QUORUM;
            case STREAM -> STREAM;
        };
    }

    static String word(QueueType type) {
        return switch (type) {
            case CLASSIC -> "classic";
            case QUORUM -> "quorum";
            case STREAM -> "stream";
        };
    }

    private static Optional<QueueType> typeOf(String word) {
        for (var type : QueueType.values()) {
            if (word(type).equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static Fault invalid(String argument, String queue, String wrong) {
        return Fault.preconditionFailed(
                "invalid arg '%s' for %s: %s".formatted(argument, queue, wrong));
    }

    private static Set<String> all() {
        var all = new HashSet<>(CLASSIC);
        all.addAll(QUORUM);
        all.addAll(STREAM);
        return all;
    }

    private static Map<String, Check> checks() {
        var checks = new LinkedHashMap<String, Check>();
        checks.put("x-expires", value -> wrongMillis(value, 1));
        checks.put("x-message-ttl", value -> wrongMillis(value, 0));
        checks.put(DEAD_LETTER_EXCHANGE, QueueArguments::wrongText);
        checks.put(DEAD_LETTER_KEY, QueueArguments::wrongText);
        checks.put(
                "x-dead-letter-strategy",
                value -> wrongWord(value, "invalid_dlx_strategy", "at-most-once", "at-least-once"));
        checks.put("x-max-length", QueueArguments::wrongCount);
        checks.put("x-max-length-bytes", QueueArguments::wrongCount);
        checks.put("x-max-in-memory-length", QueueArguments::wrongCount);
        checks.put("x-max-in-memory-bytes", QueueArguments::wrongCount);
        checks.put("x-max-priority", QueueArguments::wrongPriority);
        checks.put(
                "x-overflow",
                value ->
                        wrongWord(
                                value,
                                "invalid_overflow",
                                "drop-head",
                                "reject-publish",
                                "reject-publish-dlx"));
        checks.put(
                "x-queue-mode", value -> wrongWord(value, "invalid_queue_mode", "default", "lazy"));
        checks.put("x-queue-version", QueueArguments::wrongVersion);
        checks.put(
                "x-single-active-consumer",
                value -> value instanceof Value.Bool ? null : unacceptable(value));
        checks.put(TYPE, QueueArguments::wrongType);
        checks.put("x-delivery-limit", QueueArguments::wrongWhole);
        checks.put("x-consumer-timeout", QueueArguments::wrongCount);
        checks.put("x-max-age", QueueArguments::wrongText);
        checks.put("x-stream-max-segment-size-bytes", QueueArguments::wrongCount);
        checks.put("x-initial-cluster-size", QueueArguments::wrongCount);
        checks.put("x-quorum-initial-group-size", QueueArguments::wrongCount);
        return checks;
    }

    private static String unacceptable(Value value) {
        return "{unacceptable_type," + ValueNames.type(value) + "}";
    }

    private static @Nullable String wrongWhole(Value value) {
        return value instanceof Value.Whole ? null : unacceptable(value);
    }

    private static @Nullable String wrongCount(Value value) {
        if (!(value instanceof Value.Whole(Value.Width _, long count))) {
            return unacceptable(value);
        }
        return count < 0 ? "{value_negative," + count + "}" : null;
    }

    private static @Nullable String wrongMillis(Value value, long least) {
        var wrong = wrongCount(value);
        if (wrong != null || !(value instanceof Value.Whole(Value.Width _, long millis))) {
            return wrong;
        }
        if (millis < least) {
            return "{value_zero,0}";
        }
        return millis > MILLIS_MAX ? "{value_too_big," + millis + "}" : null;
    }

    private static @Nullable String wrongPriority(Value value) {
        var wrong = wrongCount(value);
        if (wrong != null || !(value instanceof Value.Whole(Value.Width _, long priority))) {
            return wrong;
        }
        return priority > PRIORITY_MAX ? "{max_value_exceeded," + priority + "}" : null;
    }

    private static @Nullable String wrongVersion(Value value) {
        if (!(value instanceof Value.Whole(Value.Width _, long version))) {
            return unacceptable(value);
        }
        return version == 1 || version == 2 ? null : "{unsupported_queue_version," + version + "}";
    }

    private static @Nullable String wrongText(Value value) {
        return value instanceof Value.Text ? null : unacceptable(value);
    }

    private static @Nullable String wrongWord(Value value, String wrong, String... words) {
        if (!(value instanceof Value.Text(Octets octets))) {
            return unacceptable(value);
        }
        return List.of(words).contains(octets.text()) ? null : wrong;
    }

    private static @Nullable String wrongType(Value value) {
        if (!(value instanceof Value.Text(Octets octets))) {
            return unacceptable(value);
        }
        return typeOf(octets.text()).isPresent()
                ? null
                : "\"unsupported queue type '" + octets.text() + "'\"";
    }
}
