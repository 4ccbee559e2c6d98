package io.sluice.dialect.sqs.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which attributes a receiver wants to be told: all, those of certain names, those that begin in a certain way.
public final class AttributeFilter {
    public static final AttributeFilter NONE = new AttributeFilter(false, Set.of(), List.of());
    public static final AttributeFilter ALL = new AttributeFilter(true, Set.of(), List.of());

    private final boolean all;
    private final Set<String> names;
    private final List<String> prefixes;

    private AttributeFilter(boolean all, Set<String> names, List<String> prefixes) {
        this.all = all;
        this.names = names;
        this.prefixes = prefixes;
    }

    /// @param wanted `All`, `.*`, `prefix.*` and exact names, in any mixture
    public static AttributeFilter of(List<String> wanted) {
        if (wanted.isEmpty()) {
            return NONE;
        }
        if (wanted.contains("All") || wanted.contains(".*")) {
            return ALL;
        }
        var names = new HashSet<String>();
        var prefixes =
                wanted.stream()
                        .filter(name -> name.endsWith(".*"))
                        .map(AttributeFilter::prefix)
                        .toList();
        wanted.stream().filter(name -> !name.endsWith(".*")).forEach(names::add);
        return new AttributeFilter(false, names, prefixes);
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - ".*".length());
    }

    /// Whether nothing is wanted, as most receivers want it.
    public boolean isNone() {
        return !all && names.isEmpty() && prefixes.isEmpty();
    }

    public boolean wants(String name) {
        return all || names.contains(name) || prefixes.stream().anyMatch(name::startsWith);
    }
}
