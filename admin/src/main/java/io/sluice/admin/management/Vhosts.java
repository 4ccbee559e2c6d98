package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.DefaultQueueType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Virtual hosts as the catalog keeps them: settings of kind [Catalog#NAMESPACE_KIND]. The default one is there without.
final class Vhosts {
    private static final String KIND = Catalog.NAMESPACE_KIND;

    private static final String DESCRIPTION = "description";
    private static final String TAGS = "tags";
    private static final String QUEUE_TYPE = DefaultQueueType.SETTING;

    private Vhosts() {}

    /// What people said of a virtual host.
    ///
    /// @param queueType empty: none was said
    record About(String description, List<String> tags, String queueType) {
        About {
            tags = List.copyOf(tags);
        }
    }

    static About about(Catalog catalog, String name) {
        var stored = catalog.settings(KIND, name);
        return new About(
                stored.getOrDefault(DESCRIPTION, ""),
                tags(stored.getOrDefault(TAGS, "")),
                stored.getOrDefault(QUEUE_TYPE, ""));
    }

    static CatalogChange store(String name, About about) {
        return new CatalogChange.Configure(
                KIND,
                name,
                Map.of(
                        DESCRIPTION,
                        about.description(),
                        TAGS,
                        String.join(",", about.tags()),
                        QUEUE_TYPE,
                        about.queueType()));
    }

    static CatalogChange remove(String name) {
        return new CatalogChange.Configure(KIND, name, Map.of());
    }

    static List<String> tags(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
