package io.sluice.engine.log.embedded;

import io.sluice.base.Slices;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.FencedException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One opening of a log.
final class LogHandle implements Log {
    final StoredLog log;
    private final EmbeddedLogStore store;
    private final LogReader reader;
    private final int epoch;
    /// Written by the log's writer alone.
    private volatile long next;
    /// Why no chunk is taken any more. Owned by the journal's writer.
    @Nullable IOException broken;

    LogHandle(StoredLog log, EmbeddedLogStore store, LogReader reader, int epoch) {
        this.log = log;
        this.store = store;
        this.reader = reader;
        this.epoch = epoch;
        this.next = log.end;
    }

    @Override
    public String name() {
        return log.name;
    }

    @Override
    public void append(Chunk chunk) {
        var length = chunk.data().bytes().remaining();
        var pending = new Pending(this, chunk, next, length);
        if (isFenced()) {
            pending.release();
            chunk.failed(fenced());
            return;
        }
        next = pending.position + length;
        store.append(pending);
    }

    boolean isFenced() {
        return log.deleted || log.epoch != epoch;
    }

    FencedException fenced() {
        return new FencedException(
                log.deleted
                        ? "log " + log + " was deleted"
                        : "log " + log + " was opened by somebody else since");
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public long end() {
        return log.end;
    }

    @Override
    public long start() {
        return log.start;
    }

    @Override
    public Slices read(long position, int max) throws IOException {
        return reader.slices(log, position, max);
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        return reader.verified(log, position, into);
    }

    @Override
    public void trim(long before) {
        if (!isFenced()) {
            store.trim(log, before);
        }
    }

    @Override
    public String toString() {
        return log.name;
    }
}
