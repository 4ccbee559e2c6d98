package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Driver;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.LogStore;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps all logs of one process on one disk.
public final class EmbeddedLogStore implements LogStore {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
    private static final long ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final ConcurrentHashMap<String, StoredLog> logs = new ConcurrentHashMap<>();
    private final AtomicLong nextLog;
    private final AtomicInteger epochs = new AtomicInteger();
    private final Counters counters = new Counters();
    private final Failure failure;
    private final Inbox inbox;
    private final JournalFiles files;
    private final OpenSegments segments;
    private final Journal journal;
    private final Settler settler;
    private final LogReader reader;
    private final Verification verification;
    private @Nullable Driver writerDriver;
    private @Nullable Driver settlerDriver;
    private volatile boolean closed;

    private EmbeddedLogStore(
            Storage storage, StoreSettings settings, Consumer<Throwable> failed, Bells bells)
            throws IOException {
        failure = new Failure(failed);
        verification = new Verification(storage);
        var recovered = new Recovery(storage, verification).recover();
        recovered.logs().forEach(log -> logs.put(log.name, log));
        nextLog = new AtomicLong(recovered.nextLog());
        files = new JournalFiles(storage, settings, recovered.files());
        segments = new OpenSegments(storage, settings.openFilesMax());
        inbox = new Inbox(bells.writer());
        var cache = new BlockCache(settings.batchBytesMax(), settings.cacheBytes());
        var space = new Space(storage, settings.reserveBytes());
        reader = new LogReader(segments, cache, verification);
        settler =
                new Settler(
                        storage,
                        settings,
                        new Settler.Parts(
                                inbox,
                                files,
                                segments,
                                cache,
                                verification,
                                space,
                                failure,
                                counters),
                        () ->
                                new Settler.Logs(
                                        List.copyOf(logs.values()),
                                        nextLog.get(),
                                        recovered.ends().generation()),
                        bells);
        journal =
                new Journal(
                        settings,
                        inbox,
                        files,
                        cache,
                        new LargeChunks(storage, segments, settings.segmentBytesMax()),
                        space,
                        failure,
                        bells.settler(),
                        counters,
                        recovered.ends());
    }

    /// The bells of the two threads.
    record Bells(LateBell writer, LateBell settler) {}

    /// Opens the store and starts its two threads.
    ///
    /// @param failed told once, on the store's thread, when the disk failed in a way after which nothing can be promised any more:
    ///     the process should stop loudly. Pending and later appends fail from then on.
    public static EmbeddedLogStore open(
            Storage storage, StoreSettings settings, Consumer<Throwable> failed)
            throws IOException {
        var bells = new Bells(new LateBell(), new LateBell());
        var store = new EmbeddedLogStore(storage, settings, failed, bells);
        var writer = Driver.start("journal", store.driven("journal", store.journal));
        var settler = Driver.startUnhosted("settler", store.driven("settler", store.settler));
        bells.writer().listener(writer);
        bells.settler().listener(settler);
        store.writerDriver = writer;
        store.settlerDriver = settler;
        return store;
    }

    private DrivenDuty driven(String name, Duty duty) {
        return new DrivenDuty(name, duty, failure);
    }

    /// Opens the store without threads: whoever opened it drives [#writer] and [#settler], all on one thread.
    public static EmbeddedLogStore openUndriven(
            Storage storage, StoreSettings settings, Consumer<Throwable> failed)
            throws IOException {
        return new EmbeddedLogStore(
                storage, settings, failed, new Bells(new LateBell(), new LateBell()));
    }

    /// Writes, forces and completes what was appended.
    public Duty writer() {
        return journal;
    }

    /// Settles, checkpoints, deletes files.
    public Duty settler() {
        return settler;
    }

    public Counters counters() {
        return counters;
    }

    /// Bytes in the journal that are not settled yet.
    public long unsettledBytes() {
        return files.unsettledBytes();
    }

    @Override
    public Log open(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a log's name is 1 to 200 of a-z A-Z 0-9 . _ - : '" + name + "'");
        }
        check();
        while (true) {
            int epoch = epochs.incrementAndGet();
            var log = logs.computeIfAbsent(name, unknown -> fresh(unknown, epoch));
            if (log.epoch == epoch && !log.deleted) {
                // Nobody has opened it before: there is nobody to fence, and no need to wait for
                // the batch that is being forced.
                return new LogHandle(log, this, reader, epoch);
            }
            journal.commit.lock();
            try {
                if (!log.deleted) {
                    log.epoch = epoch;
                    log.writerNext = log.end;
                    return new LogHandle(log, this, reader, epoch);
                }
            } finally {
                journal.commit.unlock();
            }
        }
    }

    private StoredLog fresh(String name, int epoch) {
        var log = new StoredLog(nextLog.getAndIncrement(), name);
        log.epoch = epoch;
        return log;
    }

    @Override
    public void delete(String name) throws IOException {
        check();
        var log = logs.remove(name);
        if (log != null) {
            log.deleted = true;
            inbox.offer(new Control.Delete(log, () -> settler.doom(log)));
        }
    }

    @Override
    public List<String> names() {
        return logs.keySet().stream().sorted().toList();
    }

    /// Reads all that the log holds and compares it with its checksums.
    ///
    /// @return what is damaged; empty when all is sound, or there is no such log
    public List<DamagedRange> scrub(String name) throws IOException {
        check();
        var log = logs.get(name);
        return log == null ? List.of() : new Scrub(reader).scrub(log);
    }

    void append(Pending pending) {
        while (!closed && !inbox.offer(pending)) {
            waitForRoom();
        }
        if (closed) {
            journal.refuseRest(pending);
        }
    }

    private void waitForRoom() {
        if (writerDriver == null) {
            journal.turn();
        } else {
            writerDriver.insist();
            LockSupport.parkNanos(this, ROOM_NANOS);
        }
    }

    void trim(StoredLog log, long before) {
        if (log.trim(before)) {
            settler.trimmed(log);
        }
    }

    private void check() throws IOException {
        var cause = failure.cause();
        if (cause != null) {
            throw cause;
        }
        if (closed) {
            throw new IOException("the log store is closed");
        }
    }

    /// Makes what was appended durable and closes the store. Slices that were read stay readable until they are closed.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        abandon();
        while (journal.turn() || (inbox.waiting() && settler.turn())) {
            // Until nothing is left that can be written.
        }
        closed = true;
        journal.refuseRest(null);
        try {
            journal.finish();
        } finally {
            segments.closeAll();
            files.close();
        }
    }

    /// Stops the threads and nothing else: what is on the disk then is what a killed process leaves there.
    void abandon() {
        if (writerDriver != null && settlerDriver != null) {
            settlerDriver.stop();
            writerDriver.stop();
        }
    }
}
