package io.sluice.engine.partition;

import io.sluice.base.Buffer;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One ordered log of records. Owned by its shard's loop.
///
/// Two kinds of methods: *decisions* read and return what should happen; `apply` and [#durable] alone change it, live and on recovery alike.
public final class Partition {
    private Partition() {}

    /// Opens a partition: the checkpoint, then the batches behind it, whose checksums are verified.
    ///
    /// @param tail the log [LogNames#tail]
    /// @param clean the log [LogNames#clean] of the checkpoint's generation; null when that is 0
    /// @param checkpoint the last one of the state log with all facts behind it folded in by [PartitionCheckpoint#after]
    /// @param now wall clock, milliseconds
    /// @throws IOException when the tail cannot be read at all
    public static Partition open(
            PartitionId id,
            TopicSettings settings,
            Log tail,
            @Nullable Log clean,
            PartitionCheckpoint checkpoint,
            long now)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public PartitionId id() {
        throw new UnsupportedOperationException();
    }

    public TopicSettings settings() {
        throw new UnsupportedOperationException();
    }

    /// The topic's settings have changed.
    public void configure(TopicSettings settings) {
        throw new UnsupportedOperationException();
    }

    /// First offset that is kept.
    public long startOffset() {
        throw new UnsupportedOperationException();
    }

    /// The offset behind the last durable record. Never goes back.
    public long highWatermark() {
        throw new UnsupportedOperationException();
    }

    /// The offset that the next record will get.
    public long nextOffset() {
        throw new UnsupportedOperationException();
    }

    // ---- appending

    /// What to do with a batch whose structure and checksum the dialect has checked.
    public Decision decide(RecordBatch batch, long now) {
        throw new UnsupportedOperationException();
    }

    /// Takes an accepted batch into account, right before it is handed to the tail log.
    ///
    /// The order is: [#decide], [RecordBatch#assign] with the decision's offset, `apply` with `tail.next()`, `tail.append`.
    ///
    /// @param position where the batch starts in the tail log
    public void apply(RecordBatch batch, long position, long now) {
        throw new UnsupportedOperationException();
    }

    /// All batches before `nextOffset` are durable. Moves the high watermark, which never goes back.
    public void durable(long nextOffset) {
        throw new UnsupportedOperationException();
    }

    // ---- reading

    /// Whole durable batches from the one that holds `offset`, at most `maxBytes` but at least one batch; empty at the high watermark.
    public Fetch.Answer read(long offset, int maxBytes) {
        throw new UnsupportedOperationException();
    }

    /// How many bytes a read from `offset` would find at least, without reading: what a waiting fetch asks. 0 for an offset outside of the log.
    public long readable(long offset) {
        throw new UnsupportedOperationException();
    }

    public OffsetQuery.Answer offset(OffsetQuery query) throws IOException {
        throw new UnsupportedOperationException();
    }

    public PartitionStatus status() {
        throw new UnsupportedOperationException();
    }

    // ---- facts

    /// Deletes all records before `offset`, or all durable ones for -1.
    public Deletion deleteRecords(long offset) {
        throw new UnsupportedOperationException();
    }

    /// What retention by time and size takes away now, if anything.
    public Optional<PartitionFact.StartMoved> retention(long now) {
        throw new UnsupportedOperationException();
    }

    /// Forgets producers that were silent for longer than that.
    public void expireProducers(long now, long expirationMillis) {
        throw new UnsupportedOperationException();
    }

    /// A checkpoint to journal, when enough was appended since the last one to make it worth its bytes. What it says is durable in the
    /// tail already. Call it every now and then, after [#durable].
    public Optional<PartitionFact.Checkpointed> checkpoint() {
        throw new UnsupportedOperationException();
    }

    /// Bytes that [#open] would have to read.
    public long bytesBehindCheckpoint() {
        throw new UnsupportedOperationException();
    }

    /// A fact of this partition has become durable. Trims what is no longer needed.
    public void apply(PartitionFact fact) {
        throw new UnsupportedOperationException();
    }

    // ---- compaction

    /// Whether enough can be compacted to be worth it. False while one runs.
    public boolean compactionDue(long now) {
        throw new UnsupportedOperationException();
    }

    /// The generation that the next clean log gets.
    public long nextGeneration() {
        throw new UnsupportedOperationException();
    }

    /// Begins a compaction.
    ///
    /// @param target a new, empty log called [LogNames#clean] of [#nextGeneration]
    /// @param chunk wraps bytes for appending to `target`; when such a chunk fails, call [Compaction#abandon] from the shard's loop
    public Compaction compact(Log target, Function<Buffer, Chunk> chunk, long now) {
        throw new UnsupportedOperationException();
    }
}
