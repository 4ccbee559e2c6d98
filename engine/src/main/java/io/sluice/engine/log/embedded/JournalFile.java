package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of the journal. Its size is fixed: it was written with zeros, or holds an older file's batches, so that forcing what is
/// written to it never has to force a new size.
///
/// Held by readers that are sent bytes of it. Owned by the writer until it is sealed, by the settler from then on.
final class JournalFile extends Held {
    static final String DIRECTORY = "journal";
    private static final String SUFFIX = ".journal";
    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

    final long sequence;
    final StoredFile file;
    final long size;
    /// Where the next batch goes.
    long tail;
    /// The number of the last batch in it; -1 when there is none.
    long lastBatch = -1;
    /// How many runs were laid into it.
    int runs;
    /// The logs that it has runs or references of.
    final Set<StoredLog> logs = new LinkedHashSet<>();
    /// The memory that its batches were laid out in.
    final List<Block> blocks = new ArrayList<>();

    JournalFile(long sequence, StoredFile file, long size) {
        this.sequence = sequence;
        this.file = file;
        this.size = size / BatchHead.BLOCK * BatchHead.BLOCK;
    }

    String path() {
        return path(sequence);
    }

    static String path(long sequence) {
        return String.format("%s/%016x%s", DIRECTORY, sequence, SUFFIX);
    }

    /// The sequence number in a file's name; -1 when it is no journal file's.
    static long sequence(String name) {
        try {
            return name.endsWith(SUFFIX) && name.length() == 16 + SUFFIX.length()
                    ? Long.parseLong(name, 0, 16, 16)
                    : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    long room() {
        return size - tail;
    }

    @Override
    void released() {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("closing {} failed", path(), e);
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
