package io.sluice.engine.catalog;

import io.sluice.base.PersistentMap;
import io.sluice.broker.Policy;
import io.sluice.broker.queue.QueueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Policies, read and compiled once, in the order in which they win. Immutable.
///
/// @param byNamespace the highest priority first; of equal ones the name decides
record Policies(PersistentMap<String, List<Compiled>> byNamespace) {
    static final Policies NONE = new Policies(PersistentMap.empty());

    private static final String DEFINITION = "definition.";
    private static final Comparator<Compiled> ORDER =
            Comparator.comparingLong((Compiled compiled) -> -(long) compiled.policy().priority())
                    .thenComparing(compiled -> compiled.policy().name());

    /// @param pattern null when it cannot be read: then it matches nothing
    record Compiled(Policy policy, @Nullable Pattern pattern) {
        boolean matches(String name) {
            return pattern != null && pattern.matcher(name).find();
        }
    }

    /// Why the settings are no policy; empty when they are one.
    static Optional<String> fault(Map<String, String> config) {
        try {
            Pattern.compile(config.getOrDefault("pattern", ""));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    "the policy's pattern is no regular expression: " + e.getDescription());
        }
    }

    /// @param key as [Policy#key]
    /// @param config all of the policy's settings; empty: it is gone
    Policies with(String key, Map<String, String> config) {
        int end = key.indexOf('\u0000');
        if (end < 0) {
            return this;
        }
        var namespace = key.substring(0, end);
        var name = key.substring(end + 1);
        var present = byNamespace.get(namespace);
        var compiled = new ArrayList<Compiled>(present == null ? List.of() : present);
        compiled.removeIf(other -> other.policy().name().equals(name));
        if (!config.isEmpty()) {
            compiled.add(compiled(policy(namespace, name, config)));
        }
        compiled.sort(ORDER);
        return new Policies(
                compiled.isEmpty()
                        ? byNamespace.without(namespace)
                        : byNamespace.with(namespace, List.copyOf(compiled)));
    }

    Optional<Policy> ofQueue(String namespace, String name, QueueType type) {
        return find(namespace, name, appliedTo(type));
    }

    Optional<Policy> ofExchange(String namespace, String name) {
        return find(namespace, name, "exchanges");
    }

    /// @param narrow what a policy may be applied to beside `all` and, for the kinds of queues, `queues`
    private Optional<Policy> find(String namespace, String name, String narrow) {
        var compiled = byNamespace.get(namespace);
        if (compiled == null) {
            return Optional.empty();
        }
        for (var candidate : compiled) {
            if (applies(candidate.policy().applyTo(), narrow) && candidate.matches(name)) {
                return Optional.of(candidate.policy());
            }
        }
        return Optional.empty();
    }

    private static boolean applies(String applyTo, String narrow) {
        return applyTo.equals("all")
                || applyTo.equals(narrow)
                || (applyTo.equals("queues") && !narrow.equals("exchanges"));
    }

    private static String appliedTo(QueueType type) {
        return switch (type) {
            case CLASSIC -> "classic_queues";
            case QUORUM -> "quorum_queues";
            case STREAM -> "streams";
        };
    }

    private static Policy policy(String namespace, String name, Map<String, String> config) {
        var definition = new TreeMap<String, String>();
        config.forEach(
                (key, value) -> {
                    if (key.startsWith(DEFINITION)) {
                        definition.put(key.substring(DEFINITION.length()), value);
                    }
                });
        return new Policy(
                namespace,
                name,
                config.getOrDefault("pattern", ""),
                config.getOrDefault("apply-to", "all"),
                priority(config.getOrDefault("priority", "0")),
                definition);
    }

    private static int priority(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static Compiled compiled(Policy policy) {
        try {
            return new Compiled(policy, Pattern.compile(policy.pattern()));
        } catch (PatternSyntaxException _) {
            return new Compiled(policy, null);
        }
    }
}
