package io.sluice.benchmarks.hot;

import io.sluice.base.Buffer;
import io.sluice.base.Rng;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Appends to one log of the embedded store on a real disk, with the settings and both threads of a broker.
///
/// With one chunk in flight, the time is that of its whole way: to the writer, onto the disk, and back. With many, they share
/// commit batches, and the time is what each of them adds. What is appended is settled too, in the background, and
/// all but the last half gigabyte is trimmed, so the disk does not fill.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls open() before everything else
public class JournalSpeed {
    private static final long KEPT_BYTES = 512L << 20;
    private static final long TRIM_EVERY_BYTES = 64L << 20;

    @Param({"256", "65536"})
    private int chunkBytes;

    /// Whether the disk has it before it counts as appended (`durability=sync`), or the operating system (`os`).
    @Param({"true", "false"})
    private boolean forced;

    @Param({"1", "128"})
    private int inFlight;

    private ScratchDirectory directory;
    private FileStorage storage;
    private EmbeddedLogStore store;
    private Log log;
    private Chunk chunk;
    private Semaphore free;
    private long trimAt;
    private volatile @Nullable Throwable failure;

    @Setup
    public void open() throws IOException {
        directory = ScratchDirectory.create();
        storage = FileStorage.open(directory.path());
        store = EmbeddedLogStore.open(storage, StoreSettings.defaults(), cause -> failure = cause);
        log = store.open("speed");
        chunk = new Repeated(Buffer.unpooled(bytes()));
        free = new Semaphore(inFlight);
        trimAt = KEPT_BYTES;
    }

    private ByteBuffer bytes() {
        return ByteBuffer.allocateDirect(chunkBytes).put(new Rng(1).bytes(chunkBytes)).flip();
    }

    @Benchmark
    public void append() throws Exception {
        free.acquire();
        if (failure != null) {
            throw new IOException("the store failed", failure);
        }
        log.append(chunk);
        if (log.next() >= trimAt) {
            log.trim(log.next() - KEPT_BYTES);
            trimAt = log.next() + TRIM_EVERY_BYTES;
        }
    }

    /// All that is under way belongs to the iteration that asked for it.
    @TearDown(Level.Iteration)
    public void drain() throws InterruptedException {
        free.acquire(inFlight);
        free.release(inFlight);
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        storage.close();
        directory.delete();
    }

    /// The same chunk again and again: it has no state of its own, and its memory nobody to go back to.
    private final class Repeated implements Chunk {
        private final Buffer data;

        private Repeated(Buffer data) {
            this.data = data;
        }

        @Override
        public Buffer data() {
            return data;
        }

        @Override
        public boolean forced() {
            return forced;
        }

        @Override
        public void completed() {
            free.release();
        }

        @Override
        public void failed(IOException cause) {
            failure = cause;
            free.release();
        }
    }
}
