package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.StoredFile;
import java.nio.ByteBuffer;

/// Where a run of a log's bytes lies, held until [#letGo].
sealed interface Piece {
    long position();

    int length();

    void letGo();

    /// In memory.
    record InMemory(long position, ByteBuffer bytes, Block block) implements Piece {
        @Override
        public int length() {
            return bytes.remaining();
        }

        @Override
        public void letGo() {
            block.letGo();
        }
    }

    /// In a journal file.
    ///
    /// @param run the run that the bytes are a part of, with its checksum
    record InJournal(long position, int length, Run run) implements Piece {
        long offset() {
            return run.journalOffset + position - run.position;
        }

        StoredFile file() {
            return run.journal.file;
        }

        @Override
        public void letGo() {
            run.journal.letGo();
        }
    }

    /// In the log's own segment.
    record InSegment(long position, int length, SegmentFile segment, OpenFile open)
            implements Piece {
        long offset() {
            return position - segment.base;
        }

        StoredFile file() {
            return open.file();
        }

        @Override
        public void letGo() {
            open.letGo();
        }
    }
}
