package io.sluice.engine.log.embedded;

import java.util.List;

/// What a start found: the logs, and the journal files that are not settled, the oldest first.
///
/// @param nextLog the number for the next new log
record Recovered(List<StoredLog> logs, List<JournalFile> files, Ends ends, long nextLog) {
    /// Where the journal goes on.
    ///
    /// @param generation how often the store was opened, this time included
    /// @param lastBatch the number of the last batch that counts
    record Ends(int generation, long lastBatch) {}
}
