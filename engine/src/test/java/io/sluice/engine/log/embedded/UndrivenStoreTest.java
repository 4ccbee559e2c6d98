package io.sluice.engine.log.embedded;

import io.sluice.engine.log.LogStore;
import io.sluice.engine.log.LogStoreContract;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store without threads, with small files, so that every boundary is crossed often.
class UndrivenStoreTest extends LogStoreContract {
    @TempDir Path directory;

    private @Nullable FileStorage storage;

    @Override
    protected LogStore open() throws IOException {
        unlock();
        var opened = FileStorage.open(directory);
        storage = opened;
        return EmbeddedLogStore.openUndriven(
                storage,
                StoreSettings.small(),
                cause -> {
                    throw new AssertionError(cause);
                });
    }

    @Override
    public void drive() {
        TestDirectory.drive((EmbeddedLogStore) store);
    }

    @Override
    protected void crash() {
        // An abandoned store without threads does nothing any more.
    }

    @AfterEach
    void unlock() throws IOException {
        if (storage != null) {
            storage.close();
        }
    }
}
