package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import java.util.List;
import java.util.Map;

/// With which routing keys users may publish to and bind to topic exchanges, as the catalog keeps it: settings of kind [#KIND] under
/// `user NUL vhost NUL exchange`.
final class TopicPermissions {
    static final String KIND = "topic-permission";

    private TopicPermissions() {}

    /// @param write,read regular expressions for routing keys
    record TopicPermission(String user, String vhost, String exchange, String write, String read) {}

    static List<TopicPermission> all(Catalog catalog) {
        return catalog.configured(KIND).stream().map(key -> read(catalog, key)).toList();
    }

    static CatalogChange store(TopicPermission permission) {
        return new CatalogChange.Configure(
                KIND,
                key(permission),
                Map.of("write", permission.write(), "read", permission.read()));
    }

    static CatalogChange remove(TopicPermission permission) {
        return new CatalogChange.Configure(KIND, key(permission), Map.of());
    }

    private static TopicPermission read(Catalog catalog, String key) {
        var stored = catalog.settings(KIND, key);
        var parts = key.split("\u0000", 3);
        return new TopicPermission(
                parts[0],
                parts[1],
                parts[2],
                stored.getOrDefault("write", ""),
                stored.getOrDefault("read", ""));
    }

    private static String key(TopicPermission permission) {
        return String.join("\u0000", permission.user(), permission.vhost(), permission.exchange());
    }
}
