package io.sluice.server;

import io.sluice.base.Clock;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardThreads;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.FileStorage;
import io.sluice.server.admin.Metrics;
import io.sluice.server.settings.Durability;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;

/// The engine as one process runs it: files, log store, shards.
final class EngineWiring {
    private EngineWiring() {}

    /// Recovers what is stored and serves it.
    ///
    /// @throws StartFailedException if the directory cannot be used or what it holds cannot be read
    static ShardedBroker start(
            Settings settings,
            DataDirectory directory,
            StartedParts parts,
            Metrics metrics,
            Consumer<Throwable> onFailure) {
        try {
            var files = parts.add("files", FileStorage.open(directory.store()));
            var store =
                    parts.add(
                            "log store",
                            EmbeddedLogStore.open(files, StoreSettings.defaults(), onFailure));
            var forced = settings.of(SettingsTable.DURABILITY) == Durability.SYNC;
            var broker =
                    parts.add(
                            "shards",
                            ShardedBroker.open(
                                    store,
                                    ShardSettings.defaults(settings.shards()).withForced(forced),
                                    Clock.system(),
                                    new SecureRandom(),
                                    ShardThreads.platform(),
                                    onFailure::accept));
            EngineMetrics.register(metrics, broker::statistics);
            return broker;
        } catch (IOException failed) {
            throw new StartFailedException(
                    "cannot read what is stored: " + failed.getMessage(), failed);
        }
    }
}
