package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Bell;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Settles one sealed journal file, a log at a time: what is alive in it goes to the log's segments. What is too little to be worth
/// the forces of two files goes once more through the journal instead, until there is more of it.
final class Settlement {
    private static final int CARRIED_RUNS_MAX = 256;

    private final Parts parts;
    private final JournalFile file;
    private final Iterator<StoredLog> logs;
    private final Bell done;
    private final AtomicInteger carrying = new AtomicInteger();
    private final int carriedPerLog;
    private long carriedLeft;
    private @Nullable StoredLog present;

    private record Parts(Inbox inbox, SettledRuns runs) {}

    Settlement(
            Storage storage,
            StoreSettings settings,
            Settler.Parts parts,
            JournalFile file,
            Bell done) {
        this.parts = new Parts(parts.inbox(), new SettledRuns(storage, settings, parts));
        this.file = file;
        this.logs = List.copyOf(file.logs).iterator();
        this.done = done;
        this.carriedPerLog = Math.min(64 << 10, settings.batchBytesMax() / 4);
        this.carriedLeft = file.size / 2;
    }

    JournalFile file() {
        return file;
    }

    /// Settles the next log. One that failed for want of room is the next one again.
    ///
    /// @return false when there is none left
    boolean step() throws IOException {
        if (present == null) {
            if (!logs.hasNext()) {
                return false;
            }
            present = logs.next();
        }
        if (!present.deleted) {
            settle(present);
        }
        present = null;
        return true;
    }

    /// Whether nothing refers to the file any more.
    boolean isDone() {
        return present == null && !logs.hasNext() && carrying.get() == 0;
    }

    private void settle(StoredLog log) throws IOException {
        List<Run> runs;
        synchronized (log) {
            runs = log.runs.front(log.runs.through(file));
        }
        if (runs.isEmpty()) {
            return;
        }
        // What a run takes up in the journal: its bytes, and an entry in each of its batch's heads.
        var bytes = runs.stream().mapToLong(run -> run.length + 2L * BatchHead.ENTRY).sum();
        var carried = runs.stream().filter(run -> run.journal == file).toList();
        if (bytes <= Math.min(carriedPerLog, carriedLeft)
                && runs.size() <= CARRIED_RUNS_MAX
                && runs.stream().allMatch(run -> run.segment == null)) {
            carriedLeft -= bytes;
            carry(log, carried);
        } else {
            parts.runs.settle(log, runs);
        }
    }

    private void carry(StoredLog log, List<Run> runs) {
        carrying.incrementAndGet();
        var bytes = runs.stream().mapToInt(run -> run.length).sum();
        parts.inbox.offer(
                new Control.Carry(
                        log,
                        runs,
                        bytes,
                        () -> {
                            carrying.decrementAndGet();
                            done.ring();
                        }));
    }
}
