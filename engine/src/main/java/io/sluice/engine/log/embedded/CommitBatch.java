package io.sluice.engine.log.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What one turn of the writer makes durable together: first gathered, then laid out in memory as it goes to the disk.
///
/// The chunks of one log go one behind the other, whatever came in between, so that they make one run: one entry, one checksum, one
/// slice for a reader. Owned by the writer, used again for every batch.
final class CommitBatch {
    /// Above this a run ends and the next begins: the more there is in a run, the more one flipped bit damages.
    static final int RUN_MAX = 256 << 10;

    private final int bytesMax;
    private final List<Pending> chunks = new ArrayList<>();
    private final List<Control> controls = new ArrayList<>();
    private final List<StoredLog> logs = new ArrayList<>();
    private int entries;
    private int names;
    private int payload;
    private boolean forced;
    /// Logs whose number and name this batch introduces.
    private final List<StoredLog> created = new ArrayList<>();

    CommitBatch(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    void clear() {
        chunks.clear();
        controls.clear();
        for (var log : logs) {
            log.batchFirst = null;
            log.batchLast = null;
        }
        logs.clear();
        entries = 0;
        names = 0;
        payload = 0;
        forced = false;
    }

    boolean isEmpty() {
        return chunks.isEmpty() && controls.isEmpty();
    }

    List<Pending> chunks() {
        return chunks;
    }

    List<Control> controls() {
        return controls;
    }

    /// The logs that have chunks in it.
    List<StoredLog> logs() {
        return logs;
    }

    boolean forced() {
        return forced;
    }

    /// Whether `length` bytes of this log, in up to `pieces` entries, fit into `limit` bytes beside what there is.
    boolean fits(StoredLog log, int pieces, int length, long limit) {
        return size(entries + pieces + 1, names + log.name.length(), payload + length)
                <= Math.min(limit, bytesMax);
    }

    /// The length of the batch as it goes to the disk.
    int size() {
        return size(entries, names, payload);
    }

    private static int size(int entries, int names, int payload) {
        var bytes = 2L * BatchHead.Table.lengthOf(entries, names) + payload + BatchHead.TRAILER;
        return (int) ((bytes + BatchHead.BLOCK - 1) / BatchHead.BLOCK * BatchHead.BLOCK);
    }

    void add(Pending chunk) {
        var log = chunk.handle.log;
        var before = log.batchLast;
        chunk.startsRun =
                before == null || before.segment != null || log.runBytes + chunk.length > RUN_MAX;
        if (before == null) {
            enter(log);
            logs.add(log);
            log.batchFirst = chunk;
        } else {
            before.next = chunk;
        }
        log.batchLast = chunk;
        chunks.add(chunk);
        forced |= chunk.chunk.forced();
        if (chunk.segment != null) {
            entries += pieces(chunk.length);
            return;
        }
        payload += chunk.length;
        if (chunk.startsRun) {
            entries++;
            log.runBytes = 0;
        }
        log.runBytes += chunk.length;
    }

    /// In how many entries a large chunk is referred to.
    static int pieces(int length) {
        return (length + RUN_MAX - 1) / RUN_MAX;
    }

    void add(Control control) {
        controls.add(control);
        forced = true;
        switch (control) {
            case Control.Delete _, Control.Trim _ -> entries++;
            case Control.Carry(var log, var runs, var bytes, var _) -> {
                enter(log);
                entries += runs.size();
                payload += bytes;
            }
        }
    }

    /// A log's first entry of all says what its number stands for.
    private void enter(StoredLog log) {
        if (!log.journalled) {
            log.journalled = true;
            entries++;
            names += log.name.length();
            created.add(log);
        }
    }

    /// The batch could not be written: its logs are as they were.
    void undo() {
        for (var log : created) {
            log.journalled = false;
        }
        created.clear();
        for (var log : logs) {
            log.fresh.clear();
            log.writerNext = log.end;
        }
        for (var control : controls) {
            control.log().fresh.clear();
        }
    }

    /// The batch is durable: what it says of new logs is known.
    void done() {
        created.clear();
    }

    /// Lays the batch out at the end of `block`, which keeps its runs. The batch as a whole stands there until the next one is laid out.
    ///
    /// @param offset where in `file` it will stand
    void layOut(Block block, JournalFile file, long offset, Numbering numbering)
            throws IOException {
        var layout = new BatchLayout(block, file, offset, entries, names);
        for (var log : created) {
            layout.created(log);
        }
        for (var control : controls) {
            layout.control(control);
        }
        for (var log : logs) {
            layout.chunks(log);
        }
        layout.seal(numbering, size() / BatchHead.BLOCK);
    }

    /// What a batch's head says of its place in the sequence.
    record Numbering(long number, long durable, int generation) {}
}
