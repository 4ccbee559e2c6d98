package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.log.Log;
import io.sluice.engine.log.TestChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of logs share what there is of files and memory.
class ManyLogsTest {
    private static final int LOGS = 10_000;

    @TempDir Path directory;

    @Test
    void tenThousandLogsNeedFewFiles() throws IOException {
        try (var made = new StoreFixture(directory, StoreSettings.defaults())) {
            var logs = new ArrayList<Log>();
            for (var i = 0; i < LOGS; i++) {
                logs.add(made.store().open("log-" + i));
            }
            for (var round = 0; round < 12; round++) {
                var chunks = new ArrayList<TestChunk>();
                for (var i = 0; i < LOGS; i++) {
                    var chunk = TestChunk.of(bytes(i + round, 100));
                    chunks.add(chunk);
                    logs.get(i).append(chunk);
                }
                TestDirectory.drive(made.store());
                for (var chunk : chunks) {
                    chunk.await();
                }
            }
            assertThat(made.storage.openFilesMost).isLessThan(made.settings.openFilesMax() + 10);
            assertThat(made.store().unsettledBytes())
                    .isLessThanOrEqualTo(
                            made.settings.unsettledBytesMax() + made.settings.journalBytesMax());

            var again = made.open();
            assertThat(again.names()).hasSize(LOGS);
            for (var i = 0; i < LOGS; i += 7) {
                var log = again.open("log-" + i);
                for (var round = 0; round < 12; round++) {
                    assertThat(read(log, round * 100L, 100)).isEqualTo(bytes(i + round, 100));
                }
            }
        }
    }

    @Test
    void logsThatHoldLittleAreDeletedWithoutTouchingAnyFile() throws IOException {
        try (var made = new StoreFixture(directory, StoreSettings.defaults())) {
            for (var i = 0; i < 1000; i++) {
                made.append(made.store().open("log-" + i), bytes(i, 100)).await();
            }
            for (var i = 0; i < 1000; i++) {
                made.store().delete("log-" + i);
            }
            TestDirectory.drive(made.store());

            assertThat(directory.resolve("logs")).isEmptyDirectory();
            assertThat(made.open().names()).isEmpty();
        }
    }

    @Test
    void aTrimmedLogGivesItsSegmentsBack() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            var log = made.store().open("a");
            for (var i = 0; i < 600; i++) {
                made.append(log, bytes(i, 5000)).await();
            }
            var before = segments();

            log.trim(2_500_000);
            TestDirectory.drive(made.store());

            assertThat(segments()).isLessThan(before - 5);
            assertThat(read(log, 2_500_000, 5000)).isEqualTo(bytes(500, 5000));
            var again = made.open().open("a");
            assertThat(again.start()).isEqualTo(2_500_000);
            assertThat(read(again, 2_500_000, 5000)).isEqualTo(bytes(500, 5000));
        }
    }

    @Test
    void whatWasTrimmedBeforeItWasSettledIsNeverWrittenAgain() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            var log = made.store().open("a");
            for (var i = 0; i < 600; i++) {
                made.append(log, bytes(i, 3000)).await();
                log.trim(log.end());
            }

            assertThat(made.store().counters().settledBytes()).isZero();
        }
    }

    private long segments() throws IOException {
        try (var files = Files.list(directory.resolve("logs"))) {
            return files.count();
        }
    }
}
