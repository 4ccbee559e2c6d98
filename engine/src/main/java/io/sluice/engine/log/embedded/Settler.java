package io.sluice.engine.log.embedded;

import io.sluice.engine.log.embedded.Checkpoint.LogState;
import io.sluice.engine.log.embedded.Checkpoint.SegmentState;
import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What goes on behind the writer: prepares journal files, settles sealed ones, stores checkpoints, deletes what is gone.
///
/// One thread drives it; only [#doom] and [#trimmed] are called from others. A full disk ends a turn and loses nothing: the journal
/// keeps what is not settled. Any other failure of the disk ends the store.
final class Settler implements Duty {
    /// So many sealed files may wait, for readers close behind and for what dies young.
    private static final int SEALED_KEPT = 1;

    private final Storage storage;
    private final StoreSettings settings;
    private final Parts parts;
    private final Supplier<Logs> logs;
    private final EmbeddedLogStore.Bells bells;
    private final ConcurrentLinkedQueue<StoredLog> doomed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Trimmed> trimmed = new ConcurrentLinkedQueue<>();
    private @Nullable Settlement settlement;

    Settler(
            Storage storage,
            StoreSettings settings,
            Parts parts,
            Supplier<Logs> logs,
            EmbeddedLogStore.Bells bells) {
        this.storage = storage;
        this.settings = settings;
        this.parts = parts;
        this.logs = logs;
        this.bells = bells;
    }

    /// What it works with.
    record Parts(
            Inbox inbox,
            JournalFiles files,
            OpenSegments segments,
            BlockCache cache,
            Verification verification,
            Space space,
            Failure failure,
            Counters counters) {}

    /// What a checkpoint is made of.
    record Logs(List<StoredLog> all, long next, int generation) {}

    private record Trimmed(StoredLog log, long before) {}

    @Override
    public boolean turn() {
        if (parts.failure.cause() != null) {
            return false;
        }
        try {
            return prepare() || deleteDoomed() || deleteTrimmed() || settle();
        } catch (NoSpaceException e) {
            parts.space.ranOut(parts.files.nextSize(), String.valueOf(e.getMessage()));
            return false;
        } catch (IOException e) {
            parts.failure.failed(e);
            bells.writer().ring();
            return false;
        }
    }

    private boolean prepare() throws IOException {
        if (!parts.files.wanted()) {
            return false;
        }
        try {
            parts.files.prepare();
        } catch (NoSpaceException e) {
            // Settling goes on: it needs less, and may set a file free.
            parts.space.ranOut(parts.files.nextSize(), String.valueOf(e.getMessage()));
            return false;
        }
        bells.writer().ring();
        return true;
    }

    // ---- what is gone ----

    /// The log's deletion is durable: its files go.
    void doom(StoredLog log) {
        doomed.add(log);
        bells.settler().ring();
    }

    /// The log's start has moved. Where whole segments lie before it, that is made durable first, then they go.
    void trimmed(StoredLog log) {
        long before;
        synchronized (log) {
            if (log.trimming || !log.hasSegmentBelow(log.start)) {
                return;
            }
            log.trimming = true;
            before = log.start;
        }
        parts.inbox.offer(
                new Control.Trim(
                        log,
                        before,
                        () -> {
                            trimmed.add(new Trimmed(log, before));
                            bells.settler().ring();
                        }));
    }

    private boolean deleteDoomed() throws IOException {
        var log = doomed.poll();
        if (log == null) {
            return false;
        }
        for (var segment : log.takeAllSegments()) {
            delete(segment);
        }
        return true;
    }

    private boolean deleteTrimmed() throws IOException {
        var next = trimmed.poll();
        if (next == null) {
            return false;
        }
        for (var segment : next.log.takeSegmentsBelow(next.before)) {
            delete(segment);
        }
        synchronized (next.log) {
            next.log.trimming = false;
        }
        trimmed(next.log);
        return true;
    }

    private void delete(SegmentFile segment) throws IOException {
        parts.segments.close(segment);
        storage.delete(segment.path());
        storage.delete(segment.sumsPath());
    }

    // ---- settling ----

    private boolean settle() throws IOException {
        var present = settlement;
        if (present == null) {
            var oldest = parts.files.oldestSealed();
            if (oldest == null
                    || (parts.files.sealedCount() <= SEALED_KEPT && !parts.files.pressing())) {
                return false;
            }
            present = new Settlement(storage, settings, parts, oldest, bells.settler());
            settlement = present;
        }
        if (present.step()) {
            return true;
        }
        if (!present.isDone()) {
            return false;
        }
        finish(present.file());
        settlement = null;
        return true;
    }

    private void finish(JournalFile file) throws IOException {
        new CheckpointFile(storage).store(checkpoint(file));
        file.blocks.forEach(parts.cache::evict);
        file.blocks.clear();
        file.logs.clear();
        parts.files.settled(file);
        bells.writer().ring();
    }

    private Checkpoint checkpoint(JournalFile settled) {
        var present = logs.get();
        var states = new ArrayList<LogState>(present.all.size());
        for (var log : present.all) {
            if (!log.deleted) {
                states.add(state(log));
            }
        }
        return new Checkpoint(
                settled.sequence + 1,
                settled.lastBatch + 1,
                present.next,
                present.generation,
                states);
    }

    private static LogState state(StoredLog log) {
        synchronized (log) {
            return new LogState(
                    log.number,
                    log.name,
                    log.start,
                    log.settled,
                    log.segments.values().stream()
                            .map(segment -> new SegmentState(segment.base, segment.sums))
                            .toList());
        }
    }
}
