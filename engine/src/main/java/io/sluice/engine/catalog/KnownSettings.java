package io.sluice.engine.catalog;

import io.sluice.base.PersistentMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Settings of things that are no topics, by their kind and name. Immutable. What has none of a kind left is not there.
record KnownSettings(PersistentMap<String, PersistentMap<String, Map<String, String>>> byKind) {
    static final KnownSettings NONE = new KnownSettings(PersistentMap.empty());

    /// Empty when nothing was set.
    Map<String, String> of(String kind, String name) {
        var ofKind = byKind.get(kind);
        var found = ofKind == null ? null : ofKind.get(name);
        return found == null ? Map.of() : found;
    }

    /// The names that have settings, sorted.
    Collection<String> names(String kind) {
        var ofKind = byKind.get(kind);
        return ofKind == null ? List.of() : ofKind.keys();
    }

    /// The kinds of which something has settings, sorted.
    Collection<String> kinds() {
        return byKind.keys();
    }

    /// @param config all of its settings; empty: it has none any more
    KnownSettings with(String kind, String name, Map<String, String> config) {
        var present = byKind.get(kind);
        PersistentMap<String, Map<String, String>> ofKind =
                present == null ? PersistentMap.empty() : present;
        ofKind = config.isEmpty() ? ofKind.without(name) : ofKind.with(name, config);
        return new KnownSettings(
                ofKind.isEmpty() ? byKind.without(kind) : byKind.with(kind, ofKind));
    }
}
