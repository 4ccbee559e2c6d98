package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the journal's batches to what the checkpoint says, in order.
///
/// A batch that is known to have been forced counts, whatever its bytes look like: those that do not match their checksum are
/// damaged, all others are there. One that is not known to have been forced counts when all of it is sound that is still wanted;
/// otherwise it was torn, nobody was told of it, and the journal ends before it: [JournalEnd].
final class Replay {
    private static final Logger log = LoggerFactory.getLogger(Replay.class);

    private final Storage storage;
    private final Verification verification;
    private final Map<Long, StoredLog> logs = new HashMap<>();
    private final Set<JournalFile> counting = new HashSet<>();
    private final Renewal renewal;
    private long nextLog;
    private long bytes;

    Replay(Storage storage, Verification verification, Checkpoint checkpoint) {
        this.storage = storage;
        this.verification = verification;
        this.renewal = new Renewal(storage);
        this.nextLog = checkpoint.nextLog();
        for (var state : checkpoint.logs()) {
            logs.put(state.number(), restored(state));
        }
    }

    private static StoredLog restored(Checkpoint.LogState state) {
        var restored = new StoredLog(state.number(), state.name());
        restored.start = state.start();
        restored.settled = state.settled();
        restored.end = state.settled();
        restored.journalled = true;
        for (var segment : state.segments()) {
            restored.segments.put(
                    segment.base(),
                    new SegmentFile(state.number(), segment.base(), segment.sums()));
        }
        return restored;
    }

    List<StoredLog> logs() {
        return List.copyOf(logs.values());
    }

    long nextLog() {
        return nextLog;
    }

    /// What counts without being known to have been forced.
    Renewal renewal() {
        return renewal;
    }

    /// How many bytes are not settled.
    long bytes() {
        return bytes;
    }

    /// Whether the file has a batch that counts.
    boolean counts(JournalFile file) {
        return counting.contains(file);
    }

    /// @return the number of the last batch that counts
    long run(JournalScan scan) throws IOException {
        var found = scan.found();
        var next = 0;
        for (; next < found.size() && found.get(next).number() <= scan.durable(); next++) {
            var head = found.get(next).head();
            apply(found.get(next), head, damaged(found.get(next), head, true));
        }
        var unforced = found.subList(next, found.size());
        var last = lastSound(unforced, scan.durable());
        for (var each : unforced) {
            if (each.number() > last) {
                endBefore(each);
                return each.number() - 1;
            }
            var head = each.head();
            // What is missing of it nobody wants.
            apply(each, head, Set.of());
            renewal.add(each, head);
        }
        return scan.last();
    }

    private long lastSound(List<JournalScan.Found> unforced, long durable) throws IOException {
        var end = new JournalEnd(logs, durable);
        for (var each : unforced) {
            var head = each.head();
            end.add(head, damaged(each, head, false));
        }
        return end.last();
    }

    /// Nothing may be left of a torn batch: the next batch gets its number, and may not fit behind it but go to the next file, where a
    /// later start would look for the one behind the torn one.
    private static void endBefore(JournalScan.Found torn) throws IOException {
        var file = torn.file();
        log.info(
                "journal batch {} at {} of {} is torn, the journal ends before it",
                torn.number(),
                torn.offset(),
                file);
        file.file.write(torn.offset(), ByteBuffer.allocate(torn.head().length()));
        file.file.force();
        file.tail = torn.offset();
        file.lastBatch = torn.number() - 1;
    }

    private Set<Entry> damaged(JournalScan.Found found, BatchHead head, boolean forced)
            throws IOException {
        var damaged = new HashSet<Entry>();
        for (var entry : head.entries()) {
            switch (entry) {
                case Entry.Bytes part -> {
                    if (!sound(found.file(), found.offset() + part.offset(), part)) {
                        damaged.add(part);
                    }
                }
                case Entry.Reference part -> {
                    if (!forced && !sound(part)) {
                        damaged.add(part);
                    }
                }
                case Entry.Created _, Entry.Deleted _, Entry.Trimmed _ -> {}
            }
        }
        return damaged;
    }

    private static boolean sound(JournalFile file, long offset, Entry.Bytes part)
            throws IOException {
        var read = ByteBuffer.allocate(part.length());
        RunReader.readFully(file.file, offset, read, file);
        return RunReader.checksum(read.flip()) == part.crc();
    }

    private boolean sound(Entry.Reference part) throws IOException {
        var path = SegmentFile.path(part.log(), part.segment());
        var read = ByteBuffer.allocate(part.length());
        try (var file = storage.open(path, false)) {
            RunReader.readFully(file, part.position() - part.segment(), read, path);
        } catch (CorruptDataException | NoSuchFileException e) {
            return false;
        }
        return RunReader.checksum(read.flip()) == part.crc();
    }

    private void apply(JournalScan.Found found, BatchHead head, Set<Entry> damaged) {
        counting.add(found.file());
        for (var entry : head.entries()) {
            apply(found, entry, damaged.contains(entry));
        }
    }

    private void apply(JournalScan.Found found, Entry entry, boolean damaged) {
        var file = found.file();
        switch (entry) {
            case Entry.Created(var number, var name) -> {
                var known = logs.computeIfAbsent(number, n -> new StoredLog(n, name));
                known.journalled = true;
                nextLog = Math.max(nextLog, number + 1);
            }
            case Entry.Deleted(var number) -> logs.remove(number);
            case Entry.Trimmed(var number, var position) -> {
                var known = logs.get(number);
                if (known != null) {
                    known.trim(position);
                }
            }
            case Entry.Bytes part ->
                    add(
                            part.log(),
                            new Run(
                                    part.position(),
                                    part.length(),
                                    part.crc(),
                                    file,
                                    found.offset() + part.offset(),
                                    null,
                                    0),
                            damaged);
            case Entry.Reference part -> {
                var known = logs.get(part.log());
                if (known != null && part.position() + part.length() > known.settled) {
                    var segment =
                            known.segments.computeIfAbsent(
                                    part.segment(), base -> new SegmentFile(part.log(), base, 0));
                    add(
                            part.log(),
                            Run.referenced(
                                    part.position(), part.length(), part.crc(), file, segment),
                            damaged);
                }
            }
        }
    }

    private void add(long number, Run run, boolean damaged) {
        var known = logs.get(number);
        if (known == null || run.end() <= known.settled) {
            // Of a log that is deleted by now, or settled since.
            return;
        }
        known.runs.add(run);
        known.end = Math.max(known.end, run.end());
        run.journal.logs.add(known);
        run.journal.runs++;
        bytes += run.length;
        if (damaged) {
            verification.damaged(known, run.journal, run.position, run.end());
        }
    }

    /// Settles what is left open when all batches are applied.
    void finish() {
        for (var each : logs.values()) {
            if (each.start > each.end) {
                each.end = each.start;
            }
            if (each.runs.size() == 0) {
                each.settled = Math.max(each.settled, each.start);
            }
            reportGaps(each);
            each.writerNext = each.end;
            each.segments.tailMap(each.end, true).clear();
            each.takeSegmentsBelow(each.start);
        }
    }

    /// Bytes that no batch holds are lost. Only now it shows: what a later file carries on from a settled one may lie before what the file
    /// itself began with.
    private void reportGaps(StoredLog each) {
        var expected = Math.max(each.settled, each.start);
        for (var i = 0; i < each.runs.size(); i++) {
            var run = each.runs.at(i);
            if (run.position > expected) {
                verification.damaged(each, "the journal", expected, run.position);
            }
            expected = Math.max(expected, run.end());
        }
    }
}
