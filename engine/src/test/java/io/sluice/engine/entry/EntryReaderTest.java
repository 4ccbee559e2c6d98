package io.sluice.engine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.MemoryLogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EntryReaderTest {
    private final MemoryLogStore store = MemoryLogStore.completingAtOnce();
    private final List<String> found = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();

    @Test
    void entriesComeBackInOrderWhateverTheirSize() throws IOException {
        var log = store.open("entries");
        append(log, 0, 1, 100, 70_000, 3, 500_000);
        read(log);
        assertThat(found).containsExactly("0:0", "1:1", "2:100", "3:70000", "4:3", "5:500000");
        assertThat(damages).isEmpty();
    }

    @Test
    void aTrimmedLogIsReadFromItsStart() throws IOException {
        var log = store.open("entries");
        append(log, 10, 20, 30);
        read(log);
        log.trim(positions.get(1));
        found.clear();
        read(log);
        assertThat(found).containsExactly("1:20", "2:30");
    }

    @Test
    void aFlippedBitAnywhereLosesItsEntryAloneAndIsReported() throws IOException {
        int[] sizes = {40, 50, 60};
        var whole = store.open("whole");
        append(whole, sizes);
        read(whole);
        long end = whole.end();
        var starts = List.copyOf(positions);
        for (long at = 0; at < end; at++) {
            var name = "flipped-" + at;
            var log = store.open(name);
            append(log, sizes);
            store.damage(name, at);
            found.clear();
            damages.clear();
            read(log);
            int hit = at < starts.get(1) ? 0 : at < starts.get(2) ? 1 : 2;
            var expected = new ArrayList<>(List.of("0:40", "1:50", "2:60"));
            expected.remove(hit);
            long from = starts.get(hit);
            long to = hit == 2 ? end : starts.get(hit + 1);
            if (at == from + 2) {
                // The version is covered by the checksum, so this one is damage too.
                assertThat(damages).hasSize(1);
            }
            assertThat(found).as("byte " + at).containsExactlyElementsOf(expected);
            assertThat(damages).as("byte " + at).containsExactly(from + "-" + to);
        }
    }

    private void append(Log log, int... sizes) {
        var random = new Random(5);
        for (int i = 0; i < sizes.length; i++) {
            var payload = new byte[sizes[i]];
            random.nextBytes(payload);
            var framed =
                    new EntryWriter(16).add(i, payload.length, into -> into.put(payload)).finish();
            log.append(new Appended(Buffer.unpooled(framed)));
        }
    }

    private void read(Log log) throws IOException {
        positions.clear();
        EntryReader.readAll(
                log,
                new EntryReader.Visitor() {
                    @Override
                    public void entry(int kind, long position, ByteBuffer payload) {
                        found.add(kind + ":" + payload.remaining());
                        positions.add(position);
                    }

                    @Override
                    public void damaged(long from, long to) {
                        damages.add(from + "-" + to);
                    }
                });
    }

    private record Appended(Buffer data) implements Chunk {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public void completed() {}

        @Override
        public void failed(IOException cause) {
            throw new AssertionError(cause);
        }
    }
}
