package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.log.TestChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a batch that a crash cut in two.
class TornTailTest {
    private static final String JOURNAL = "journal/0000000000000001.journal";

    @TempDir Path directory;

    @Test
    void aLastBatchThatIsCutAtAnyByteEndsTheJournalBeforeIt() throws IOException {
        long batch;
        try (var made = StoreFixture.small(directory.resolve("made"))) {
            var log = made.store().open("a");
            made.write(log, bytes(1, 300)).await();
            batch = made.store().counters().journalBytes();
            made.write(log, bytes(2, 3000)).await();
        }
        var whole = Files.readAllBytes(directory.resolve("made").resolve(JOURNAL));
        var behind = (int) batch + BatchHead.BLOCK;
        for (var cut = (int) batch;
                cut <= behind;
                cut += cut < batch + 100 || cut > behind - 100 ? 3 : 211) {
            var torn = whole.clone();
            Arrays.fill(torn, cut, behind, (byte) 0);
            // What stands behind the bytes is the second head, which nobody misses while the first
            // one is there.
            var complete = cut >= batch + BatchHead.FIXED + BatchHead.ENTRY + 3000;
            try (var opened = reopened(cut, torn)) {
                var log = opened.store().open("a");
                assertThat(log.end()).as("cut at %d", cut).isEqualTo(complete ? 3300 : 300);
                assertThat(read(log, 0, 300)).isEqualTo(bytes(1, 300));
                opened.append(log, bytes(3, 40)).await();
                opened.open();
                assertThat(opened.store().open("a").end()).isEqualTo(complete ? 3340 : 340);
            }
        }
    }

    private StoreFixture reopened(int name, byte[] journal) throws IOException {
        var copy = directory.resolve("cut" + name);
        TestDirectory.copy(directory.resolve("made"), copy);
        Files.write(copy.resolve(JOURNAL), journal);
        return StoreFixture.small(copy);
    }

    @Test
    void aTornBatchDoesNotComeBackWhenTheNextOneGoesToTheNextFile() throws IOException {
        try (var made = StoreFixture.small(directory.resolve("made"))) {
            var log = made.store().open("a");
            // Fills the first file up to its last blocks, so that a long batch does not fit there
            // any more.
            while (made.store().counters().journalBytes()
                    < made.settings.journalBytesFirst() - 4 * BatchHead.BLOCK) {
                made.append(log, bytes(1, 3500)).await();
            }
            var end = log.end();
            var tail = made.store().counters().journalBytes();
            made.write(log, bytes(2, 5000)).await();
            var journal = directory.resolve("made").resolve(JOURNAL);
            var bytes = Files.readAllBytes(journal);
            Arrays.fill(bytes, (int) tail, (int) tail + BatchHead.BLOCK, (byte) 0);
            Files.write(journal, bytes);

            log = made.open().open("a");
            assertThat(log.end()).isEqualTo(end);
            var chunks = new TestChunk[8];
            for (var i = 0; i < chunks.length; i++) {
                chunks[i] = TestChunk.of(bytes(10 + i, 4000));
                log.append(chunks[i]);
            }
            TestDirectory.drive(made.store());
            for (var chunk : chunks) {
                chunk.await();
            }
            made.write(log, bytes(30, 10)).await();

            log = made.open().open("a");
            assertThat(log.end()).isEqualTo(end + 8 * 4000 + 10);
            assertThat(read(log, end + 4000, 4000)).isEqualTo(bytes(11, 4000));
        }
    }

    @Test
    void whatARecycledFileHeldBeforeIsNeverTakenForABatch() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            var log = made.store().open("a");
            for (var i = 0; i < 1200; i++) {
                made.append(log, bytes(i, 3000)).await();
            }
            assertThat(log.end()).isEqualTo(1200 * 3000);
            assertThat(Files.exists(directory.resolve(JOURNAL))).isFalse();
            var again = made.open().open("a");
            assertThat(again.end()).isEqualTo(1200 * 3000);
            for (var i = 0; i < 1200; i++) {
                assertThat(read(again, i * 3000L, 3000)).isEqualTo(bytes(i, 3000));
            }
            assertThat(made.failures).isEmpty();
        }
    }
}
