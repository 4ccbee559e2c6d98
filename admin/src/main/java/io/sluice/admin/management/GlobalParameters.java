package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import java.util.Map;
import java.util.Optional;

/// Values that people keep in the broker under names; nothing here reads them, but for the cluster's name.
final class GlobalParameters {
    /// The kind of settings that they are kept as.
    static final String KIND = "global-parameter";

    private static final String VALUE = "value";

    private GlobalParameters() {}

    static Optional<Json> find(Catalog catalog, String name) {
        return Optional.ofNullable(catalog.settings(KIND, name).get(VALUE)).map(Arguments::value);
    }

    static CatalogChange store(String name, Json value) {
        return new CatalogChange.Configure(KIND, name, Map.of(VALUE, value.text()));
    }

    static CatalogChange remove(String name) {
        return new CatalogChange.Configure(KIND, name, Map.of());
    }
}
