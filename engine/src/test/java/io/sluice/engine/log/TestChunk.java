package io.sluice.engine.log;

import io.sluice.base.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A chunk that remembers how it ended.
public final class TestChunk implements Chunk {
    private final ByteBuffer bytes;
    private final boolean forced;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int releases;

    public TestChunk(byte[] bytes, boolean forced) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.forced = forced;
    }

    public static TestChunk of(byte[] bytes) {
        return new TestChunk(bytes, true);
    }

    @Override
    public Buffer data() {
        return new Buffer() {
            @Override
            public ByteBuffer bytes() {
                return bytes;
            }

            @Override
            public void release() {
                releases++;
            }
        };
    }

    @Override
    public boolean forced() {
        return forced;
    }

    @Override
    public void completed() {
        if (!end.complete(null)) {
            throw new AssertionError("a chunk ends once");
        }
    }

    @Override
    public void failed(IOException cause) {
        if (!end.completeExceptionally(cause)) {
            throw new AssertionError("a chunk ends once");
        }
    }

    public boolean isDone() {
        return end.isDone();
    }

    public boolean isDurable() {
        return end.isDone() && !end.isCompletedExceptionally();
    }

    /// How often the store gave the bytes back.
    public int releases() {
        return releases;
    }

    /// Waits for the end, so long that a busy machine is not taken for a store that hangs.
    ///
    /// @throws IOException what the chunk failed with
    public void await() throws IOException {
        try {
            end.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw (IOException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the chunk did not end", e);
        }
    }
}
