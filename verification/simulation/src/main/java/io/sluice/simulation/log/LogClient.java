package io.sluice.simulation.log;

import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// The store's only client: appends to logs, reads, trims, opens and deletes them, tells the model of each, and compares what it is told with that.
final class LogClient {
    private static final int BIG_CHUNK = 24 << 10;
    private static final int SMALL_CHUNK = 400;
    private static final int READ_MAX = 4_096;

    private final RandomGenerator random;
    private final RunningStore store;
    private final ModelLogs logs;
    private final Trouble trouble;
    private final Tally tally;
    private final StoredBytes bytes;

    LogClient(
            RandomGenerator random,
            RunningStore store,
            ModelLogs logs,
            Trouble trouble,
            Tally tally) {
        this.random = random;
        this.store = store;
        this.logs = logs;
        this.trouble = trouble;
        this.tally = tally;
        this.bytes = new StoredBytes(random);
    }

    void append() throws IOException {
        var model = logs.any();
        var handle = store.handle(model);
        if (handle.next() != model.next()) {
            throw new InvariantBroken(
                    "PositionsAreKnown",
                    model.name + " gives " + handle.next() + " next, expected " + model.next());
        }
        int length = 1 + random.nextInt(random.nextInt(8) == 0 ? BIG_CHUNK : SMALL_CHUNK);
        var chunk = model.append(length, random.nextInt(10) != 0);
        handle.append(new TrackedChunk(chunk, logs, store, trouble, tally));
    }

    void trim() throws IOException {
        var model = logs.any();
        if (model.completed() > model.trimmed()) {
            var before = model.trimmed() + random.nextLong(model.completed() - model.trimmed() + 1);
            model.trim(before);
            store.handle(model).trim(before);
        }
    }

    /// Reads somewhere between what was trimmed and what was completed.
    void read() throws IOException {
        var model = logs.any();
        var handle = store.handle(model);
        if (handle.end() < model.completed()) {
            throw new InvariantBroken(
                    "TheEndCoversWhatCompleted",
                    model.name
                            + " ends at "
                            + handle.end()
                            + ", completed were "
                            + model.completed());
        }
        var readable = model.completed() - model.trimmed();
        var position = model.trimmed() + (readable > 0 ? random.nextLong(readable) : 0);
        try {
            bytes.check(model, handle, position, READ_MAX);
        } catch (IOException e) {
            if (!trouble.readsMayFail()) {
                throw e;
            }
        }
    }

    /// Opens a log that is open: the older handle takes nothing any more.
    void reopen() throws IOException {
        var model = logs.any();
        var older = store.handle(model);
        store.dropHandle(model.name);
        store.handle(model);
        var chunk = new FencedChunk(model.name);
        older.append(chunk);
        store.write();
        if (!chunk.wasFenced() && !store.hasStopped()) {
            throw new InvariantBroken(
                    "AnOlderHandleIsFenced",
                    model.name + " did not fence an append through an older handle");
        }
    }

    void delete() throws IOException {
        var model = logs.any();
        store.delete(model.name);
        logs.deleted(model);
    }
}
