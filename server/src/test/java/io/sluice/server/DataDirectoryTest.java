package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir Path parent;

    @Test
    void itIsCreatedWithItsParents() throws IOException {
        var path = parent.resolve("a/b");

        DataDirectory.lock(path).close();

        assertThat(path).isDirectory();
    }

    @Test
    void onlyOneMayHaveIt() throws IOException {
        try (var held = DataDirectory.lock(parent)) {
            assertThat(held.store()).isEqualTo(parent.resolve("store"));
            assertThatThrownBy(() -> DataDirectory.lock(parent))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("the data directory " + parent + " is in use by this very process");
        }
        DataDirectory.lock(parent).close();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        var file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.lock(file))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("cannot use the data directory: ");
    }
}
