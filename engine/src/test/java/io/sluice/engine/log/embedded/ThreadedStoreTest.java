package io.sluice.engine.log.embedded;

import io.sluice.engine.log.LogStore;
import io.sluice.engine.log.LogStoreContract;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store as a broker runs it. A crash stops its threads where they are.
class ThreadedStoreTest extends LogStoreContract {
    @TempDir Path directory;

    private @Nullable FileStorage storage;

    @Override
    protected LogStore open() throws IOException {
        unlock();
        var opened = FileStorage.open(directory);
        storage = opened;
        return EmbeddedLogStore.open(opened, StoreSettings.defaults(), cause -> {});
    }

    @Override
    protected void crash() {
        ((EmbeddedLogStore) store).abandon();
    }

    @AfterEach
    void unlock() throws IOException {
        if (storage != null) {
            storage.close();
        }
    }
}
