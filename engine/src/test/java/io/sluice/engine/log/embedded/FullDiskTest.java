package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.log.TestChunk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk without room, and one that fails.
class FullDiskTest {
    @TempDir Path directory;

    @SuppressWarnings("NullAway.Init") // JUnit calls make() before every test
    private StoreFixture made;

    @BeforeEach
    void make() throws IOException {
        made = StoreFixture.small(directory);
    }

    @AfterEach
    void close() throws IOException {
        made.close();
    }

    @Test
    void belowTheReserveAppendsAreRefusedReadsGoOnAndRoomBringsItBack() throws IOException {
        made.close();
        var small = StoreSettings.small();
        made =
                new StoreFixture(
                        directory,
                        new StoreSettings(
                                small.journalBytesFirst(),
                                small.journalBytesMax(),
                                small.unsettledBytesMax(),
                                small.batchBytesMax(),
                                small.largeChunkBytes(),
                                small.segmentBytesMax(),
                                small.cacheBytes(),
                                small.openFilesMax(),
                                64 << 20));
        var log = made.store().open("a");
        made.storage.usable = 65 << 20;
        made.append(log, bytes(1, 100)).await();

        made.storage.usable = 63 << 20;
        var refused = made.append(log, bytes(2, 100));

        assertThatThrownBy(refused::await)
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("bytes are left");
        assertThat(refused.releases()).isEqualTo(1);
        assertThat(read(log, 0, 100)).isEqualTo(bytes(1, 100));

        made.storage.usable = 80 << 20;
        var stale = made.append(log, bytes(3, 100));
        assertThatThrownBy(stale::await).isInstanceOf(StorageFullException.class);
        var again = made.store().open("a");
        made.append(again, bytes(4, 100)).await();
        assertThat(read(again, 100, 100)).isEqualTo(bytes(4, 100));
        assertThat(made.failures).isEmpty();
    }

    @Test
    void aLargeChunkWithoutRoomFailsAloneAndTheLogGoesOnWhereItWas() throws IOException {
        var log = made.store().open("a");
        made.append(log, bytes(1, 100)).await();
        made.storage.full = path -> path.endsWith(".segment");
        made.storage.usable = 0;

        assertThatThrownBy(made.append(log, bytes(2, 50_000))::await)
                .isInstanceOf(StorageFullException.class);

        made.storage.full = path -> false;
        made.storage.usable = Long.MAX_VALUE;
        var again = made.store().open("a");
        assertThat(again.next()).isEqualTo(100);
        made.append(again, bytes(3, 60_000)).await();
        made.append(again, bytes(4, 10)).await();
        assertThat(read(again, 100, 60_000)).isEqualTo(bytes(3, 60_000));
        assertThat(made.failures).isEmpty();
    }

    @Test
    void whatCannotBeSettledStaysInTheJournalUntilThereIsRoom() throws IOException {
        var log = made.store().open("a");
        made.storage.full = path -> !path.startsWith("journal/");
        var taken = 0;
        var last = made.append(log, bytes(0, 3000));
        while (last.isDurable() && taken < 2000) {
            taken++;
            made.storage.usable = 0;
            last = made.append(log, bytes(taken, 3000));
        }
        assertThatThrownBy(last::await).isInstanceOf(StorageFullException.class);
        assertThat(taken).isBetween(50, 1999);

        made.storage.full = path -> false;
        made.storage.usable = Long.MAX_VALUE;
        log = made.store().open("a");
        assertThat(log.end()).isEqualTo(taken * 3000L);
        for (var i = taken; i < taken + 500; i++) {
            made.append(log, bytes(i, 3000)).await();
        }
        var again = made.open().open("a");
        for (var i = 0; i < taken + 500; i++) {
            assertThat(read(again, i * 3000L, 3000)).isEqualTo(bytes(i, 3000));
        }
        assertThat(made.failures).isEmpty();
    }

    @Test
    void afterAFailedForceNothingIsTakenAnyMore() throws IOException {
        var log = made.store().open("a");
        made.append(log, bytes(1, 100)).await();
        made.storage.unforceable = path -> path.startsWith("journal/");

        var pending = made.append(log, bytes(2, 100));
        made.storage.unforceable = path -> false;
        var later = made.append(log, bytes(3, 100));

        assertThatThrownBy(pending::await)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StorageFullException.class);
        assertThatThrownBy(later::await)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failed");
        assertThatThrownBy(() -> made.store().open("b")).isInstanceOf(IOException.class);
        assertThat(made.failures).hasSize(1);
        assertThat(log.end()).isEqualTo(100);
        assertThat(read(log, 0, 100)).isEqualTo(bytes(1, 100));
    }

    @Test
    void aFailedForceOfASegmentEndsTheStoreToo() throws IOException {
        var log = made.store().open("a");
        made.storage.unforceable = path -> path.endsWith(".segment");

        assertThatThrownBy(made.append(log, bytes(2, 50_000))::await)
                .isInstanceOf(IOException.class);

        assertThat(made.failures).hasSize(1);
    }

    @Test
    void aWriteErrorThatIsNotAboutRoomEndsTheStore() throws IOException {
        var log = made.store().open("a");
        made.storage.unwritable = path -> path.startsWith("journal/");

        assertThatThrownBy(made.append(log, bytes(2, 10))::await).isInstanceOf(IOException.class);

        assertThat(made.failures).hasSize(1);
    }

    @Test
    void chunksThatWaitedWhenTheDiskFailedAreRefusedOnceEach() throws IOException {
        var log = made.store().open("a");
        made.storage.unforceable = path -> true;
        var chunks = new TestChunk[100];
        for (var i = 0; i < chunks.length; i++) {
            chunks[i] = TestChunk.of(bytes(i, 7000));
            log.append(chunks[i]);
        }
        TestDirectory.drive(made.store());

        for (var chunk : chunks) {
            assertThatThrownBy(chunk::await).isInstanceOf(IOException.class);
            assertThat(chunk.releases()).isEqualTo(1);
        }
    }
}
