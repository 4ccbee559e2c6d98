package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.Log;
import org.jspecify.annotations.Nullable;

/// A partition's records: which offsets there are and in which of its two logs they lie. Owned by its partition, which changes it only in
/// its own `apply` and `durable`.
///
/// ```text
///        clean (may be absent)                    tail
///   ├───────────────────────────────┤├───────────────────────────┬────────────┤
///   start                       cleanBefore                      high        next
///                                                                watermark
/// ```
final class PartitionLog {
    final Log tailLog;
    final Bodies bodies;

    /// Of the references in the tail; there are none in the clean log.
    final BodyIndex references;

    Stretch tail;
    @Nullable Stretch clean;
    long generation;
    long start;
    long next;
    long nextPosition;
    private final InFlight inFlight = new InFlight();

    PartitionLog(Log tailLog, @Nullable Log cleanLog, Bodies bodies, PartitionCheckpoint from) {
        this.tailLog = tailLog;
        this.bodies = bodies;
        this.references = from.references().copy();
        this.tail =
                new Stretch(
                        tailLog,
                        from.tailIndex().copy(),
                        from.tailStart(),
                        from.tailPosition(),
                        from.nextOffset());
        this.clean =
                cleanLog == null
                        ? null
                        : new Stretch(
                                cleanLog,
                                from.cleanIndex().copy(),
                                0,
                                from.cleanBytes(),
                                from.cleanBefore());
        this.generation = from.generation();
        this.start = from.startOffset();
        this.next = from.nextOffset();
        this.nextPosition = from.tailPosition();
    }

    /// The stretch in which `offset` lies or would lie.
    Stretch stretch(long offset) {
        return clean != null && offset < clean.endOffset ? clean : tail;
    }

    /// A batch is being appended at the end of the tail.
    void append(RecordBatch batch, @Nullable BodyPlace reference, long position, long now) {
        assert position == nextPosition
                : "batches lie one behind the other: " + position + " after " + nextPosition;
        index(batch, reference, position, now);
        inFlight.add(next, nextPosition);
    }

    /// A durable batch was found behind the checkpoint.
    ///
    /// @param follows the batch before it was read too; otherwise the index must lead to it
    void recover(
            RecordBatch batch,
            @Nullable BodyPlace reference,
            long position,
            long now,
            boolean follows) {
        if (!follows && position >= tail.start) {
            tail.index.add(batch.baseOffset(), position, timeOf(batch, now));
        }
        index(batch, reference, position, now);
        tail.endOffset = next;
        tail.end = nextPosition;
    }

    private void index(RecordBatch batch, @Nullable BodyPlace reference, long position, long now) {
        if (position >= tail.start) {
            tail.index.append(batch.baseOffset(), position, timeOf(batch, now));
            if (reference != null) {
                references.add(batch.baseOffset(), batch.nextOffset(), reference);
            }
        }
        next = batch.nextOffset();
        nextPosition = position + batch.bytes();
    }

    /// A batch without time stamps is as old as its arrival, or retention would take it at once.
    private static long timeOf(RecordBatch batch, long now) {
        return batch.maxTimestamp() < 0 ? now : batch.maxTimestamp();
    }

    /// The tail goes on at `position` with `offset`: what would come before is lost, or trimmed away.
    void skipTo(long position, long offset) {
        next = offset;
        nextPosition = position;
        tail.end = position;
        tail.endOffset = offset;
        tail.start = Math.max(tail.start, Math.min(position, tailLog.start()));
    }

    /// The tail ends at `position`, before what was thought to be its end.
    void cutTail(long position) {
        tail.index.dropFrom(position);
        tail.start = Math.min(tail.start, position);
        skipTo(position, next);
    }

    /// Everything before `nextOffset` is durable.
    void durable(long nextOffset) {
        assert nextOffset <= next : "durable up to " + nextOffset + ", appended up to " + next;
        while (!inFlight.isEmpty() && inFlight.oldestNextOffset() <= nextOffset) {
            tail.endOffset = inFlight.oldestNextOffset();
            tail.end = inFlight.oldestEnd();
            inFlight.dropOldest();
        }
    }

    /// The offset behind the last durable batch.
    long highWatermark() {
        return tail.endOffset;
    }

    void startAt(long offset) {
        start = Math.max(start, Math.min(offset, next));
        references.dropBefore(start);
        drop(tail, next);
        if (clean != null) {
            drop(clean, clean.endOffset);
        }
    }

    /// What is wholly gone leaves the index too: the next batch's interval must not begin in bytes that are trimmed.
    private void drop(Stretch stretch, long behind) {
        if (start >= behind) {
            stretch.index.clear();
        } else {
            stretch.index.dropBefore(start);
        }
    }

    /// Everything before the fact's point is in `cleanLog` from now on.
    void compacted(PartitionFact.Compacted fact, Log cleanLog) {
        clean = new Stretch(cleanLog, fact.index().copy(), 0, fact.bytes(), fact.before());
        generation = fact.generation();
        tail.start = fact.tailPosition();
        if (fact.tailPosition() == nextPosition) {
            tail.index.clear();
        } else {
            tail.index.startAt(fact.before(), fact.tailPosition());
        }
        startAt(start);
        references.dropBefore(fact.before());
    }

    /// The offset behind the last batch of a stretch, durable or not.
    long nextOffset(Stretch stretch) {
        return stretch == tail ? next : stretch.endOffset;
    }

    /// The offset of the first batch that is not in the clean log.
    long tailStartOffset() {
        return tail.index.size() == 0 ? tail.endOffset : tail.index.offset(0);
    }

    /// Gives back what lies before the start.
    ///
    /// @param tailLimit but not what lies at or behind this position of the tail
    void trim(long tailLimit) {
        tailLog.trim(Math.min(tailLimit, tailNeededFrom()));
        if (clean != null) {
            clean.log.trim(neededFrom(clean, clean.endOffset));
        }
    }

    /// Before this position the tail holds nothing that is kept.
    long tailNeededFrom() {
        return start == next ? tail.end : Math.max(tail.start, neededFrom(tail, next));
    }

    /// Before this position the stretch holds nothing that is kept.
    ///
    /// @param behind the offset behind the stretch
    long neededFrom(Stretch stretch, long behind) {
        if (start >= behind) {
            return stretch.end;
        }
        int entry = stretch.index.floor(start);
        return entry < 0 ? stretch.start : stretch.index.position(entry);
    }

    /// Bytes between start and `offset`, as exactly as the index knows.
    long bytesBefore(long offset) {
        if (offset <= start) {
            return 0;
        }
        long bytes = 0;
        if (clean != null) {
            bytes += position(clean, offset) - neededFrom(clean, clean.endOffset);
        }
        return bytes + Math.max(0, position(tail, offset) - tailNeededFrom());
    }

    private static long position(Stretch stretch, long offset) {
        if (offset >= stretch.endOffset) {
            return stretch.end;
        }
        int entry = stretch.index.floor(offset);
        return entry < 0 ? stretch.start : stretch.index.position(entry);
    }

    /// Bytes between start and next, as exactly as the index knows.
    long bytes() {
        long inTail =
                start == next ? 0 : nextPosition - Math.max(tail.start, neededFrom(tail, next));
        return clean == null ? inTail : inTail + clean.end - neededFrom(clean, clean.endOffset);
    }
}
