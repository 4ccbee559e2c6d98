package io.sluice.engine.partition;

import io.sluice.engine.log.Log;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Rewrites a partition's records before one point into a new clean log, a step at a time. Owned by its shard's loop; at most one per
/// partition. A crash before its fact is durable leaves nothing but an unused log.
///
/// ```text
///   NOTING   tail ──▶ last offset of every key        up to the point
///   COPYING  old clean log, then tail ──▶ new clean log, without what a later record replaces
///   FORCING  wait until the new log is durable        then Done
/// ```
///
/// What is kept of a reference batch is written out: a clean log holds no references, so that a few old messages do not keep what lies around their
/// bodies.
///
/// What idempotent producers sent last need not be kept for their sake: the partition's checkpoints remember it, and the tail is not trimmed
/// before one has.
public final class Compaction {
    static final int WINDOW_BYTES = 256 * 1024;

    private final Partition partition;
    private final PartitionLog log;
    private final DirtyKeys dirty;
    private final CleanWriter writer;
    private final RecordFilter filter;
    private Phase phase = Phase.NOTING;
    private @Nullable BatchScan source;
    private boolean cleanIsCopied;
    private boolean inTail;

    private enum Phase {
        NOTING,
        COPYING,
        FORCING
    }

    /// How far a step came.
    public sealed interface Progress {
        /// There is more to do at once.
        record Working() implements Progress {}

        /// Go on when more of the clean log is durable.
        record Waiting() implements Progress {}

        /// All is written and durable: journal the fact, then [Partition#apply] it, then delete the log of the previous generation.
        record Done(PartitionFact.Compacted fact) implements Progress {}
    }

    private Compaction(
            Partition partition,
            PartitionLog log,
            CleanWriter writer,
            DirtyKeys dirty,
            RecordFilter filter) {
        this.partition = partition;
        this.log = log;
        this.writer = writer;
        this.dirty = dirty;
        this.filter = filter;
    }

    /// Keeps the last record of every key.
    static Compaction byKey(Partition partition, PartitionLog log, CleanWriter writer, long now) {
        var settings = partition.settings();
        var dirty =
                new DirtyKeys(
                        log,
                        settings.youngestCompacted(now),
                        Long.MAX_VALUE,
                        true,
                        log.tailStartOffset());
        var filter =
                new BatchFilter(dirty.offsets, log.start, now, settings.deleteRetentionMillis());
        return new Compaction(partition, log, writer, dirty, filter);
    }

    /// Keeps, of what lies before `end`, the records at the offsets in `live`, and all from `allFrom` on.
    static Compaction ofLive(
            Partition partition,
            PartitionLog log,
            CleanWriter writer,
            long end,
            long[] live,
            long allFrom) {
        var dirty = new DirtyKeys(log, Long.MAX_VALUE, end, false, log.tailStartOffset());
        return new Compaction(partition, log, writer, dirty, new LiveFilter(live, allFrom));
    }

    Log target() {
        return writer.target();
    }

    /// Does work worth about `maxBytes` of reading.
    ///
    /// @throws IOException when stored bytes cannot be read; [#abandon] it then
    public Progress step(int maxBytes) throws IOException {
        if (writer.isAheadOfTheDisk()) {
            return new Progress.Waiting();
        }
        switch (phase) {
            case NOTING -> {
                if (!dirty.step(maxBytes)) {
                    phase = Phase.COPYING;
                }
            }
            case COPYING -> {
                if (!copy(maxBytes)) {
                    writer.flush();
                    phase = Phase.FORCING;
                }
            }
            case FORCING -> {
                return writer.isDurable() ? done() : new Progress.Waiting();
            }
        }
        return new Progress.Working();
    }

    /// Gives up, for instance because an append to the clean log failed. The unfinished log may be deleted.
    public void abandon() {
        partition.compactionEnded(this);
    }

    private Progress done() {
        partition.compactionWritten(this);
        return new Progress.Done(
                new PartitionFact.Compacted(
                        partition.nextGeneration(),
                        dirty.before(),
                        dirty.position(),
                        writer.bytes(),
                        writer.index));
    }

    private boolean copy(int maxBytes) throws IOException {
        for (long copied = 0; copied < maxBytes; ) {
            var from = source == null ? nextSource() : source;
            if (from == null) {
                return false;
            }
            if (from.next()) {
                copy(from);
                copied += from.header().bytes();
            } else {
                source = null;
            }
        }
        return true;
    }

    private @Nullable BatchScan nextSource() {
        var clean = log.clean;
        if (inTail) {
            return null;
        }
        if (clean != null && !cleanIsCopied) {
            cleanIsCopied = true;
            long from = log.neededFrom(clean, clean.endOffset);
            source = new BatchScan(clean.log, log.bodies, from, clean.end, WINDOW_BYTES);
        } else {
            inTail = true;
            source =
                    new BatchScan(
                            log.tail.log, log.bodies, dirty.from(), dirty.position(), WINDOW_BYTES);
        }
        return source;
    }

    private void copy(BatchScan from) throws IOException {
        long maxTimestamp = from.header().maxTimestamp();
        var batch = from.intact();
        if (batch == null && from.reference() == null) {
            // Damaged at rest: readers shall see that it is, as before.
            writer.add(from.copy(), from.header().baseOffset(), maxTimestamp);
            return;
        }
        if (batch == null) {
            // A clean log holds no references, and this one leads nowhere: its offsets are stepped
            // over.
            var emptied = BatchFilter.emptied(from.header());
            writer.add(emptied.slice(), emptied.baseOffset(), maxTimestamp);
            return;
        }
        var kept = filter.kept(batch);
        if (kept == null && inTail && from.following() == dirty.position()) {
            // The last batch stays, if empty: who reads up to here shall learn that there is
            // nothing more.
            kept = BatchFilter.emptied(batch);
        }
        if (kept != null) {
            writer.add(kept.slice(), kept.baseOffset(), maxTimestamp);
        }
    }
}
