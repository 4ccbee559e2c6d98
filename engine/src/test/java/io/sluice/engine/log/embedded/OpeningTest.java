package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.log.TestChunk;
import io.sluice.engine.storage.FileStorage;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who opens a log does so on a shard's thread, for which others wait.
class OpeningTest {
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNewLogIsOpenedWhileTheDiskIsBusy(@TempDir Path directory) throws Exception {
        try (var disk = FileStorage.open(directory)) {
            var storage = new FaultyStorage(disk);
            var forcing = new CountDownLatch(1);
            var forced = new CountDownLatch(1);
            try (var store = EmbeddedLogStore.open(storage, StoreSettings.small(), cause -> {})) {
                var busy = store.open("busy");
                storage.unforceable =
                        path -> {
                            forcing.countDown();
                            await(forced);
                            return false;
                        };
                var before = TestChunk.of(new byte[] {1});
                busy.append(before);
                await(forcing);

                var fresh = store.open("fresh");

                assertThat(before.isDurable()).isFalse();
                var behind = TestChunk.of(new byte[] {2, 3});
                fresh.append(behind);
                forced.countDown();
                behind.await();
                assertThat(fresh.end()).isEqualTo(2);
            } finally {
                forced.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
