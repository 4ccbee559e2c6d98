package io.sluice.server.admin;

import java.util.concurrent.CompletableFuture;

/// What somebody must be asked for before metrics can be told.
@FunctionalInterface
public interface Scrape {
    /// Completed on the admin's loop, soon, whoever has not answered.
    CompletableFuture<Void> prepare();

    /// Asks both.
    default Scrape and(Scrape other) {
        return () -> CompletableFuture.allOf(prepare(), other.prepare());
    }
}
