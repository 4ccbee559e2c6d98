package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Policies as the catalog keeps them, see [Policy].
final class Policies {
    private static final String DEFINITION = "definition.";

    private Policies() {}

    static List<Policy> all(Catalog catalog) {
        return catalog.configured(Policy.KIND).stream().map(key -> read(catalog, key)).toList();
    }

    static Optional<Policy> find(Catalog catalog, String vhost, String name) {
        return all(catalog).stream()
                .filter(policy -> policy.namespace().equals(vhost) && policy.name().equals(name))
                .findFirst();
    }

    static CatalogChange store(Policy policy) {
        var settings = new HashMap<String, String>();
        settings.put("pattern", policy.pattern());
        settings.put("apply-to", policy.applyTo());
        settings.put("priority", Integer.toString(policy.priority()));
        policy.definition().forEach((name, value) -> settings.put(DEFINITION + name, value));
        return new CatalogChange.Configure(Policy.KIND, policy.key(), settings);
    }

    static CatalogChange remove(Policy policy) {
        return new CatalogChange.Configure(Policy.KIND, policy.key(), Map.of());
    }

    private static Policy read(Catalog catalog, String key) {
        var stored = catalog.settings(Policy.KIND, key);
        var definition = new HashMap<String, String>();
        stored.forEach(
                (name, value) -> {
                    if (name.startsWith(DEFINITION)) {
                        definition.put(name.substring(DEFINITION.length()), value);
                    }
                });
        int middle = key.indexOf('\u0000');
        return new Policy(
                key.substring(0, middle),
                key.substring(middle + 1),
                stored.getOrDefault("pattern", ""),
                stored.getOrDefault("apply-to", "all"),
                Integer.parseInt(stored.getOrDefault("priority", "0")),
                definition);
    }
}
