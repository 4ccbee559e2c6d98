package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.StoreFixture.bytes;
import static io.sluice.engine.log.embedded.StoreFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Directories that earlier versions wrote, opened by this one.
class StoredDirectoriesTest {
    private static final Path KEPT = Path.of("src/test/resources/stores");
    private static final StoreSettings TINY =
            new StoreSettings(64 << 10, 64 << 10, 256 << 10, 64 << 10, 16 << 10, 64 << 10, 0, 8, 0);

    @TempDir Path directory;

    @Test
    void theDirectoryOfVersion1IsReadAndWrittenOn() throws IOException {
        TestDirectory.copy(KEPT.resolve("version-1"), directory.resolve("data"));
        try (var opened = new StoreFixture(directory.resolve("data"), TINY)) {
            var store = opened.open();

            assertThat(store.names()).containsExactly("large", "quiet", "settled", "trimmed");
            var settled = store.open("settled");
            assertThat(settled.end()).isEqualTo(80 * 2000);
            for (var i = 0; i < 80; i++) {
                assertThat(read(settled, i * 2000L, 2000)).isEqualTo(bytes(i, 2000));
            }
            assertThat(read(store.open("large"), 0, 20_000)).isEqualTo(bytes(500, 20_000));
            assertThat(read(store.open("quiet"), 0, 10)).isEqualTo(bytes(501, 10));
            var trimmed = store.open("trimmed");
            assertThat(trimmed.start()).isEqualTo(100);
            assertThat(read(trimmed, 100, 50)).isEqualTo(bytes(503, 50));
            opened.append(trimmed, bytes(504, 5)).await();
            assertThat(read(trimmed, 150, 5)).isEqualTo(bytes(504, 5));
        }
    }

    /// Writes a directory to keep: run it once for a new version of the formats, with its number in the path.
    @Test
    @EnabledIfSystemProperty(named = "sluice.keep", matches = "version-\\d+")
    void writeADirectoryToKeep() throws IOException {
        var data = directory.resolve("data");
        try (var made = new StoreFixture(data, TINY)) {
            var store = made.open();
            made.append(store.open("quiet"), bytes(501, 10)).await();
            var trimmed = store.open("trimmed");
            made.append(trimmed, bytes(502, 100)).await();
            trimmed.trim(100);
            made.append(store.open("deleted"), bytes(505, 100)).await();
            var settled = store.open("settled");
            for (var i = 0; i < 80; i++) {
                made.append(settled, bytes(i, 2000)).await();
            }
            store.delete("deleted");
            made.append(trimmed, bytes(503, 50)).await();
            made.append(store.open("large"), bytes(500, 20_000)).await();
            store.close();
        }
        Files.delete(data.resolve("lock"));
        TestDirectory.copy(data, KEPT.resolve(System.getProperty("sluice.keep")));
    }
}
