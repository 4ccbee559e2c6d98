package io.sluice.engine.log.embedded;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Finds where the journal ends among the batches that are not known to have been forced: before the first torn one.
///
/// A batch is torn when something in it is missing that is *wanted*. What belongs to a log that a later batch deletes, or lies before
/// where one trims it, is not: its files may go as soon as that later batch was forced, and until one more is written nothing on the
/// disk says that it was. So the missing bytes are held against the journal only until the batch that gives them up.
final class JournalEnd {
    private final Map<Long, StoredLog> logs;
    /// What came and went since `logs` were as they are.
    private final Set<Long> created = new HashSet<>();
    private final Set<Long> deleted = new HashSet<>();
    /// Missing, and wanted so far.
    private final Set<Entry> missing = new HashSet<>();
    private long last;

    /// @param logs as the batches that were forced leave them
    /// @param last the number of the last one of these
    JournalEnd(Map<Long, StoredLog> logs, long last) {
        this.logs = logs;
        this.last = last;
    }

    /// Takes the next batch.
    ///
    /// @param damaged those of its entries whose bytes are not what they should be
    void add(BatchHead head, Collection<Entry> damaged) {
        for (var entry : head.entries()) {
            switch (entry) {
                case Entry.Created(var log, var _) -> created.add(log);
                case Entry.Deleted(var log) -> {
                    deleted.add(log);
                    missing.removeIf(each -> each.log() == log);
                }
                case Entry.Trimmed(var log, var position) ->
                        missing.removeIf(each -> each.log() == log && end(each) <= position);
                case Entry.Bytes _, Entry.Reference _ -> {
                    if (damaged.contains(entry) && isWanted(entry)) {
                        missing.add(entry);
                    }
                }
            }
        }
        if (missing.isEmpty()) {
            last = head.number();
        }
    }

    private boolean isWanted(Entry entry) {
        var log = logs.get(entry.log());
        if (log == null) {
            // Deleted already, even if the batch that says so has not come yet: checkpoints leave
            // out a log from the moment it is
            // asked to go.
            return created.contains(entry.log()) && !deleted.contains(entry.log());
        }
        return !deleted.contains(entry.log()) && end(entry) > Math.max(log.start, log.settled);
    }

    private static long end(Entry entry) {
        return switch (entry) {
            case Entry.Bytes part -> part.position() + part.length();
            case Entry.Reference part -> part.position() + part.length();
            case Entry.Created _, Entry.Deleted _, Entry.Trimmed _ -> 0;
        };
    }

    /// The number of the last batch that counts.
    long last() {
        return last;
    }
}
