package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.engine.catalog.CatalogState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The catalog that the world sees. Any thread reads it, the thread of shard 0 replaces it and tells the listeners.
final class PublishedCatalog {
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private volatile CatalogState state = CatalogState.empty();

    CatalogState state() {
        return state;
    }

    /// On the thread of shard 0.
    void publish(CatalogState next) {
        state = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    /// On the thread of shard 0.
    void listen(Consumer<Catalog> listener) {
        listeners.add(listener);
        if (state.founded()) {
            listener.accept(state);
        }
    }
}
