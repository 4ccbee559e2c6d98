package io.sluice.engine.log.embedded;

import org.jspecify.annotations.Nullable;

/// Durable bytes of one log, one behind the other, that are not settled yet: where they lie now. Guarded by its log's lock.
final class Run {
    final long position;
    final int length;
    final int crc;
    /// The journal file with the entry that vouches for these bytes.
    final JournalFile journal;
    /// Where the bytes lie in that file. Meaningless when `segment` is set.
    final long journalOffset;
    /// The segment that the bytes lie in already, when the entry is a reference.
    final @Nullable SegmentFile segment;
    /// The memory that the bytes were laid out in. It may be in other use by now: whoever wants it holds it first.
    final @Nullable Block block;

    final int blockOffset;

    Run(
            long position,
            int length,
            int crc,
            JournalFile journal,
            long journalOffset,
            @Nullable Block block,
            int blockOffset) {
        this(position, length, crc, journal, journalOffset, null, block, blockOffset);
    }

    private Run(
            long position,
            int length,
            int crc,
            JournalFile journal,
            long journalOffset,
            @Nullable SegmentFile segment,
            @Nullable Block block,
            int blockOffset) {
        this.position = position;
        this.length = length;
        this.crc = crc;
        this.journal = journal;
        this.journalOffset = journalOffset;
        this.segment = segment;
        this.block = block;
        this.blockOffset = blockOffset;
    }

    static Run referenced(
            long position, int length, int crc, JournalFile journal, SegmentFile segment) {
        return new Run(position, length, crc, journal, 0, segment, null, 0);
    }

    long end() {
        return position + length;
    }
}
