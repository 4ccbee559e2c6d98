package io.sluice.transport;

import io.sluice.base.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings stored bytes into the page cache before an event loop sends them, so that a reader of old data waits for the disk on
/// these threads and a reader at the tail, on the same loop, waits for nothing.
///
/// The price is that such bytes are copied once more within the machine.
final class ColdReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ColdReader.class);

    private static final int THREADS = 2;

    /// Answers that may wait; beyond that one goes out unwarmed.
    private static final int WAITING_MAX = 1024;

    private static final int STEP = 256 * 1024;

    private static final ThreadLocal<ByteBuffer> SINK =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(STEP));

    private final ThreadPoolExecutor threads;

    ColdReader() {
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().name("cold-reader-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Reads what is cold in `outgoing`, then runs `warm` on the reading thread. The slices must stay pinned until then.
    void warm(Outgoing outgoing, Runnable warm) {
        try {
            threads.execute(
                    () -> {
                        read(outgoing);
                        warm.run();
                    });
        } catch (RejectedExecutionException tooManyWait) {
            warm.run();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static void read(Outgoing outgoing) {
        try {
            for (var splice : outgoing.splices()) {
                for (var slice : splice.slices().slices()) {
                    if (slice instanceof Slice.InFile file && file.settled()) {
                        read(file);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Sending meets the same failure and ends the connection.
            log.warn("could not read stored bytes ahead of sending them", e);
        }
    }

    private static void read(Slice.InFile slice) throws IOException {
        var sink = SINK.get();
        var end = slice.position() + slice.length();
        for (var position = slice.position(); position < end; ) {
            var read =
                    slice.file()
                            .read(
                                    sink.clear().limit((int) Math.min(STEP, end - position)),
                                    position);
            if (read < 0) {
                throw new IOException("the file ends before the slice: " + slice);
            }
            position += read;
        }
    }
}
