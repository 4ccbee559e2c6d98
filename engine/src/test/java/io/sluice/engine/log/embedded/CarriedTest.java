package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is too little to be settled goes once more through the journal, behind what its log has written since.
class CarriedTest {
    private static final int ROUNDS = 60;

    @TempDir Path directory;

    @Test
    void aSlowLogBesideABusyOneIsWholeAfterEveryCrash() throws IOException {
        try (var fixture = StoreFixture.small(directory)) {
            var written = new ByteArrayOutputStream();
            for (var round = 0; round < ROUNDS; round++) {
                var store = fixture.open();
                var slow = store.open("slow");
                var busy = store.open("busy");
                for (var i = 0; i < 5; i++) {
                    var bytes = StoreFixture.bytes(round * 5 + i, 20);
                    fixture.append(slow, bytes);
                    written.writeBytes(bytes);
                    fixture.append(
                            busy, StoreFixture.bytes(i, fixture.settings.batchBytesMax() / 2));
                }
                assertThat(StoreFixture.read(slow, 0, written.size()))
                        .isEqualTo(written.toByteArray());
            }
            var slow = fixture.open().open("slow");
            assertThat(StoreFixture.read(slow, 0, written.size())).isEqualTo(written.toByteArray());
        }
    }
}
