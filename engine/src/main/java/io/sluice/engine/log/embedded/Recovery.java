package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out at a start what the store holds: the checkpoint, then the journal files behind it. What the segments hold is not read,
/// so that it takes no longer the more is stored.
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Storage storage;
    private final Verification verification;

    Recovery(Storage storage, Verification verification) {
        this.storage = storage;
        this.verification = verification;
    }

    Recovered recover() throws IOException {
        var checkpoint = checkpoint();
        var files = journalFiles(checkpoint.firstFile());
        var scan = new JournalScan(checkpoint.firstBatch());
        for (var file : files) {
            scan.scan(file);
        }
        var replay = new Replay(storage, verification, checkpoint);
        var lastBatch = replay.run(scan);
        var kept = dropBehind(files, replay);
        replay.finish();
        // What the last process had written but not forced counts from now on: it has to last.
        replay.renewal().renew();
        deleteStrangers(replay.logs());
        log.info(
                "{} logs, {} journal batches in {} files replayed, {} bytes of it not settled yet",
                replay.logs().size(),
                scan.found().size(),
                kept.size(),
                replay.bytes());
        var generation = Math.max(scan.generation(), checkpoint.generation()) + 1;
        note(checkpoint.openedAs(generation));
        return new Recovered(
                replay.logs(), kept, new Recovered.Ends(generation, lastBatch), replay.nextLog());
    }

    /// Counts also an opening whose batches all turn out to be unreadable: else what it left could be taken for the next one's. On a full disk
    /// it is opened all the same: reading and making room must be possible, and most openings leave something readable.
    private void note(Checkpoint opened) throws IOException {
        try {
            new CheckpointFile(storage).store(opened);
        } catch (NoSpaceException full) {
            log.warn("no room to note that the store was opened: {}", full.getMessage());
        }
    }

    private Checkpoint checkpoint() throws IOException {
        var found = new CheckpointFile(storage).load();
        if (found.isPresent()) {
            return found.get();
        }
        if (!storage.list(JournalFile.DIRECTORY).isEmpty()) {
            throw new CorruptDataException(
                    "there is a journal, but no checkpoint: the data directory is not whole");
        }
        storage.createDirectory(JournalFile.DIRECTORY);
        storage.createDirectory(SegmentFile.DIRECTORY);
        new CheckpointFile(storage).store(Checkpoint.first());
        return Checkpoint.first();
    }

    /// Opens the files that still count and deletes what is left over from others.
    private List<JournalFile> journalFiles(long first) throws IOException {
        var files = new ArrayList<JournalFile>();
        for (var name : storage.list(JournalFile.DIRECTORY)) {
            var sequence = JournalFile.sequence(name);
            var path = JournalFile.DIRECTORY + "/" + name;
            if (sequence < first) {
                storage.delete(path);
                continue;
            }
            var file = storage.open(path, false);
            files.add(new JournalFile(sequence, file, file.size()));
        }
        return files;
    }

    /// The file with the last batch that counts is written on; those behind it were only prepared.
    private List<JournalFile> dropBehind(List<JournalFile> files, Replay replay)
            throws IOException {
        var keep = 1;
        for (var i = 0; i < files.size(); i++) {
            if (replay.counts(files.get(i))) {
                keep = i + 1;
            }
        }
        var kept = List.copyOf(files.subList(0, Math.min(keep, files.size())));
        for (var file : files.subList(kept.size(), files.size())) {
            file.letGo();
            storage.delete(file.path());
        }
        return kept;
    }

    /// Deletes segments that nothing knows of: of deleted logs, trimmed, or of large chunks that never became durable.
    private void deleteStrangers(List<StoredLog> logs) throws IOException {
        var present = new LinkedHashSet<String>();
        for (var name : storage.list(SegmentFile.DIRECTORY)) {
            present.add(SegmentFile.DIRECTORY + "/" + name);
        }
        var known = new HashSet<String>();
        for (var each : logs) {
            for (var segment : each.segments.values()) {
                // The file of one whose bytes were all given up may be missing.
                segment.named = present.contains(segment.path());
                known.add(segment.path());
                known.add(segment.sumsPath());
            }
        }
        for (var path : present) {
            if (!known.contains(path)) {
                storage.delete(path);
            }
        }
        storage.forceDirectory(SegmentFile.DIRECTORY);
    }
}
