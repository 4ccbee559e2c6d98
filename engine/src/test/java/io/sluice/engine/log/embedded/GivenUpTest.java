package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.log.Log;
import io.sluice.engine.log.TestChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files go as soon as the batch that gives their bytes up was forced. A start that cannot know that it was finds earlier batches refer to
/// files that are gone.
class GivenUpTest {
    private static final int LARGE = 60_000;

    @TempDir Path directory;

    @Test
    void theFilesOfADeletedLogMayBeGoneBeforeAnythingSaysThatItsBatchesWereForced()
            throws IOException {
        try (var fixture = StoreFixture.small(directory)) {
            var other = fixture.store().open("other");
            fixture.write(other, bytes(1, 100)).await();
            writeUnforced(fixture, fixture.store().open("gone"), 2);
            fixture.store().delete("gone");
            fixture.write(other, bytes(2, 100)).await();
            settle(fixture);
            assertThat(segments()).isEmpty();

            // Neither the first start nor one behind it, which finds the same.
            for (var start = 0; start < 2; start++) {
                other = fixture.open().open("other");
                assertThat(other.end()).isEqualTo(200);
                assertThat(fixture.store().names()).containsExactly("other");
            }
            assertThat(read(other, 100, 100)).isEqualTo(bytes(2, 100));
        }
    }

    @Test
    void theFilesOfATrimmedLogMayBeGoneBeforeAnythingSaysThatItsBatchesWereForced()
            throws IOException {
        try (var fixture = StoreFixture.small(directory)) {
            var other = fixture.store().open("other");
            fixture.write(other, bytes(1, 100)).await();
            var log = fixture.store().open("trimmed");
            writeUnforced(fixture, log, 6);
            assertThat(segments()).hasSize(2);
            log.trim(5 * LARGE);
            fixture.write(other, bytes(2, 100)).await();
            settle(fixture);
            assertThat(segments()).hasSize(1);

            log = fixture.open().open("trimmed");
            assertThat(log.start()).isEqualTo(5 * LARGE);
            assertThat(log.end()).isEqualTo(6 * LARGE);
            assertThat(read(log, 5 * LARGE, LARGE)).isEqualTo(bytes(5, LARGE));
            assertThat(fixture.store().open("other").end()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsGoneAlthoughNobodyGaveItUpEndsTheJournal() throws IOException {
        try (var fixture = StoreFixture.small(directory)) {
            var other = fixture.store().open("other");
            fixture.write(other, bytes(1, 100)).await();
            writeUnforced(fixture, fixture.store().open("lost"), 1);
            fixture.write(other, bytes(2, 100)).await();
            for (var segment : segments()) {
                Files.delete(segment);
            }

            assertThat(fixture.open().open("other").end()).isEqualTo(100);
            assertThat(fixture.store().open("lost").end()).isZero();
        }
    }

    @Test
    void aLogGoesOnBehindASegmentThatNeverCameToBe() throws IOException {
        try (var fixture = StoreFixture.small(directory)) {
            var log = fixture.store().open("trimmed");
            writeUnforced(fixture, log, 5);
            log.trim(5 * LARGE);
            fixture.store().writer().turn();
            for (var segment : segments()) {
                Files.delete(segment);
            }

            log = fixture.open().open("trimmed");
            assertThat(log.end()).isEqualTo(5 * LARGE);
            fixture.storage.forced.clear();
            fixture.write(log, bytes(9, LARGE)).await();
            assertThat(fixture.storage.forced).contains(SegmentFile.DIRECTORY);
            assertThat(read(fixture.open().open("trimmed"), 5 * LARGE, LARGE))
                    .isEqualTo(bytes(9, LARGE));
        }
    }

    private static void writeUnforced(StoreFixture fixture, Log log, int chunks)
            throws IOException {
        for (var i = 0; i < chunks; i++) {
            var chunk = new TestChunk(bytes(i, LARGE), false);
            log.append(chunk);
            fixture.store().writer().turn();
            chunk.await();
        }
    }

    private static void settle(StoreFixture fixture) throws IOException {
        var settler = fixture.store().settler();
        while (settler.turn()) {
            // Until the files are gone.
        }
    }

    private Path[] segments() throws IOException {
        try (var paths = Files.list(directory.resolve(SegmentFile.DIRECTORY))) {
            return paths.filter(path -> path.toString().endsWith(".segment")).toArray(Path[]::new);
        }
    }
}
