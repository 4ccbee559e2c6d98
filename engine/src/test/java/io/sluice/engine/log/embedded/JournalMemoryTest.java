package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was appended last is read from memory, which holds the appended bytes and not what fills a batch up to whole blocks of the disk.
class JournalMemoryTest {
    private static final int BATCH_MAX = 64 << 10;
    private static final int BLOCK = 2 * BATCH_MAX;

    @TempDir private Path directory;
    private StoreFixture fixture;
    private Log log;

    @BeforeEach
    void oneBlockOfMemory() throws IOException {
        fixture =
                new StoreFixture(
                        directory,
                        new StoreSettings(
                                1 << 20, 1 << 20, 4 << 20, BATCH_MAX, 8 << 10, 1 << 20, BLOCK, 8,
                                0));
        log = fixture.store().open("a");
    }

    @Test
    void oneBlockHoldsManySmallBatches() throws IOException {
        var batches = 2 * BLOCK / BatchHead.BLOCK;
        for (var i = 0; i < batches; i++) {
            fixture.write(log, StoreFixture.bytes(i, 100));
        }
        fixture.storage.unreadable = path -> true;
        for (var i = 0; i < batches; i++) {
            assertThat(StoreFixture.read(log, 100L * i, 100)).isEqualTo(StoreFixture.bytes(i, 100));
        }
    }

    @Test
    void whatABlockHadNoRoomForIsReadFromTheFile() throws IOException {
        var batches = 2 * BLOCK / 4_000;
        for (var i = 0; i < batches; i++) {
            fixture.write(log, StoreFixture.bytes(i, 4_000));
        }
        assertThat(StoreFixture.read(log, 0, 4_000)).isEqualTo(StoreFixture.bytes(0, 4_000));
        fixture.storage.unreadable = path -> true;
        assertThatThrownBy(() -> StoreFixture.read(log, 0, 4_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("input/output error");
    }

    @Test
    void theNextBatchLeavesNothingOfItselfInTheOneBefore() throws IOException {
        for (var i = 0; i < 8; i++) {
            fixture.write(log, StoreFixture.bytes(i, 3_000 - 300 * i));
        }
        fixture.open();
        var position = 0L;
        for (var i = 0; i < 8; i++) {
            var expected = StoreFixture.bytes(i, 3_000 - 300 * i);
            assertThat(StoreFixture.read(fixture.store().open("a"), position, expected.length))
                    .isEqualTo(expected);
            position += expected.length;
        }
    }
}
