package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bits that flip on the disk: found, told, and nobody else's trouble.
class DamageTest {
    private static final String JOURNAL = "journal/0000000000000001.journal";

    @TempDir Path directory;

    @Test
    void aFlippedBitAnywhereInTheJournalLosesNothingBeyondItsRun() throws IOException {
        long used;
        try (var made = StoreFixture.small(directory.resolve("made"))) {
            fill(made);
            used = made.store().counters().journalBytes();
            made.store().writer().rest();
        }
        var seen = 0;
        for (var bit = 0L; bit < used * 8; bit += 4999) {
            seen += damaged((int) bit) ? 1 : 0;
        }
        assertThat(seen)
                .as("most bits flip where nothing is, some where something is")
                .isPositive();
    }

    private static void fill(StoreFixture made) throws IOException {
        var a = made.store().open("a");
        var b = made.store().open("b");
        for (var i = 0; i < 10; i++) {
            a.append(io.sluice.engine.log.TestChunk.of(bytes(i, 700)));
            b.append(io.sluice.engine.log.TestChunk.of(bytes(100 + i, 900)));
            made.store().writer().turn();
        }
    }

    /// @return whether the bit hit bytes of a log
    private boolean damaged(int bit) throws IOException {
        var copy = directory.resolve("bit" + bit);
        TestDirectory.copy(directory.resolve("made"), copy);
        var journal = Files.readAllBytes(copy.resolve(JOURNAL));
        journal[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(copy.resolve(JOURNAL), journal);
        try (var opened = StoreFixture.small(copy)) {
            var lost = 0;
            var a = opened.store().open("a");
            var b = opened.store().open("b");
            assertThat(a.end()).as("bit %d", bit).isEqualTo(7000);
            assertThat(b.end()).as("bit %d", bit).isEqualTo(9000);
            for (var i = 0; i < 10; i++) {
                lost += sound(a, i * 700L, bytes(i, 700)) ? 0 : 1;
                lost += sound(b, i * 900L, bytes(100 + i, 900)) ? 0 : 1;
            }
            assertThat(lost).as("bit %d", bit).isLessThanOrEqualTo(1);
            opened.append(a, bytes(7, 20)).await();
            assertThat(read(a, 7000, 20)).isEqualTo(bytes(7, 20));
            return lost > 0;
        }
    }

    private static boolean sound(io.sluice.engine.log.Log log, long position, byte[] expected)
            throws IOException {
        try {
            assertThat(read(log, position, expected.length)).isEqualTo(expected);
            return true;
        } catch (CorruptDataException e) {
            assertThatThrownBy(() -> log.read(position, 10))
                    .isInstanceOf(CorruptDataException.class);
            return false;
        }
    }

    @Test
    void aFlippedBitInASegmentFailsItsRangeAndNoOther() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            var log = made.store().open("a");
            for (var i = 0; i < 300; i++) {
                made.append(log, bytes(i, 5000)).await();
            }
            var segment = directory.resolve("logs/00000001-0000000000000000.segment");
            var content = Files.readAllBytes(segment);
            content[7777] ^= 4;
            Files.write(segment, content);

            var again = made.open().open("a");
            assertThatThrownBy(() -> read(again, 5000, 5000))
                    .isInstanceOf(CorruptDataException.class);
            assertThatThrownBy(() -> again.read(5000, 5000))
                    .isInstanceOf(CorruptDataException.class);
            var sound = 0;
            for (var i = 0; i < 300; i++) {
                sound += sound(again, i * 5000L, bytes(i, 5000)) ? 1 : 0;
            }
            // Runs of up to 64 KiB share a checksum.
            assertThat(sound).isGreaterThanOrEqualTo(300 - 13);
            assertThat(made.store().open("b").end()).isZero();
        }
    }

    @Test
    void aFlippedBitInTheCheckpointIsMadeGoodByItsOtherCopy() throws IOException {
        try (var made = StoreFixture.small(directory.resolve("made"))) {
            var log = made.store().open("a");
            for (var i = 0; i < 300; i++) {
                made.append(log, bytes(i, 5000)).await();
            }
        }
        var checkpoint = Files.readAllBytes(directory.resolve("made/checkpoint"));
        for (var at = 0; at < checkpoint.length; at += 101) {
            var copy = directory.resolve("at" + at);
            TestDirectory.copy(directory.resolve("made"), copy);
            var damaged = checkpoint.clone();
            damaged[at] ^= 16;
            Files.write(copy.resolve("checkpoint"), damaged);
            try (var opened = StoreFixture.small(copy)) {
                assertThat(opened.store().open("a").end()).as("byte %d", at).isEqualTo(1_500_000);
            }
        }
    }

    @Test
    void aStoreWhoseCheckpointIsGoneRefusesToStart() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            made.append(made.store().open("a"), bytes(1, 10)).await();
            Files.delete(directory.resolve("checkpoint"));

            assertThatThrownBy(made::open)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("checkpoint");
        }
    }

    @Test
    void aScrubNamesTheDamagedRange() throws IOException {
        try (var made = StoreFixture.small(directory)) {
            var log = made.store().open("a");
            made.append(log, bytes(1, 1_000_000)).await();
            for (var i = 0; i < 300; i++) {
                made.append(log, bytes(i, 5000)).await();
            }
            assertThat(made.store().scrub("a")).isEmpty();
            var segment = directory.resolve("logs/00000001-0000000000000000.segment");
            var content = ByteBuffer.wrap(Files.readAllBytes(segment));
            content.put(600_000, (byte) (content.get(600_000) ^ 1));
            Files.write(segment, content.array());

            var damage = made.store().scrub("a");

            assertThat(damage).hasSize(1);
            assertThat(damage.getFirst().from()).isLessThanOrEqualTo(600_000);
            assertThat(damage.getFirst().to()).isGreaterThan(600_000);
        }
    }
}
