package io.sluice.broker.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A wish to change a queue's settings as a change of its attributes: each setting stands there once, so what older versions, or other names, say of it
/// goes.
///
/// @param set values as JSON text
/// @param removed names of those that go
public record PolicyAttributes(Map<String, String> set, Set<String> removed) {
    public PolicyAttributes {
        set = Map.copyOf(set);
        removed = Set.copyOf(removed);
    }

    /// @param changes legal values; empty: a weaker place says, or the default; the empty text: unset, whatever a weaker place says
    public static PolicyAttributes of(Map<PolicySetting, Optional<String>> changes) {
        var set = new HashMap<String, String>();
        var removed = new HashSet<String>();
        changes.forEach(
                (setting, value) -> {
                    foreignNames(setting).forEach(name -> removed.add("x-" + name));
                    value.ifPresentOrElse(
                            text -> set.put(setting.argument(), PolicyValues.json(setting, text)),
                            () -> removed.add(setting.argument()));
                });
        return new PolicyAttributes(set, removed);
    }

    private static Set<String> foreignNames(PolicySetting setting) {
        return setting == PolicySetting.RETRY_MAX_ATTEMPTS
                ? Set.of(ForeignNames.LIMIT)
                : setting == PolicySetting.DEAD_LETTER_QUEUE
                        ? Set.of(ForeignNames.EXCHANGE, ForeignNames.ROUTING_KEY)
                        : Set.of();
    }

    /// What a queue's attributes become.
    public Map<String, String> appliedTo(Map<String, String> attributes) {
        var all = new HashMap<>(attributes);
        all.keySet().removeAll(removed);
        all.putAll(set);
        return all;
    }
}
