package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.log.Log;
import io.sluice.engine.log.TestChunk;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A store without threads on a directory, with the words that tests of it speak in.
final class StoreFixture implements AutoCloseable {
    final Path directory;
    final FileStorage disk;
    final FaultyStorage storage;
    final StoreSettings settings;
    final List<Throwable> failures = new ArrayList<>();
    private @Nullable EmbeddedLogStore opened;

    StoreFixture(Path directory, StoreSettings settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.disk = FileStorage.open(directory);
        this.storage = new FaultyStorage(disk);
    }

    static StoreFixture small(Path directory) throws IOException {
        return new StoreFixture(directory, StoreSettings.small());
    }

    /// Opens the store on what the last one left, which is abandoned.
    EmbeddedLogStore open() throws IOException {
        var store = EmbeddedLogStore.openUndriven(storage, settings, failures::add);
        opened = store;
        return store;
    }

    EmbeddedLogStore store() throws IOException {
        return opened == null ? open() : opened;
    }

    TestChunk append(Log log, byte[] bytes) throws IOException {
        var chunk = TestChunk.of(bytes);
        log.append(chunk);
        TestDirectory.drive(store());
        return chunk;
    }

    /// Appends and lets the writer alone work, so that nothing is settled.
    TestChunk write(Log log, byte[] bytes) throws IOException {
        var chunk = TestChunk.of(bytes);
        log.append(chunk);
        store().writer().turn();
        return chunk;
    }

    static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] read(Log log, long position, int length) throws IOException {
        var all = ByteBuffer.allocate(length);
        assertThat(log.read(position, all)).isEqualTo(length);
        return all.array();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
