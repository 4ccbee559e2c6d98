package io.sluice.engine.partition;

import io.sluice.base.Buffer;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.partition.PartitionFact.Checkpointed;
import io.sluice.engine.partition.PartitionFact.Compacted;
import io.sluice.engine.partition.PartitionFact.StartMoved;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One ordered log of records. Owned by its shard's loop.
///
/// Two kinds of methods: *decisions* read and return what should happen; `apply` and [#durable] alone change it, live and on recovery alike.
public final class Partition {
    /// Less than this is not worth rewriting for the sake of what is dead in it.
    private static final long MOSTLY_DEAD_BYTES_MIN = 8L << 20;

    private final PartitionId id;
    private final PartitionLog log;
    private final Producers producers;
    private final Checkpoints checkpoints;
    private final Reader reader;
    private final List<Damage> damages;
    private TopicSettings settings;
    private @Nullable Compaction compaction;

    private Partition(
            PartitionId id,
            TopicSettings settings,
            PartitionLog log,
            Producers producers,
            Checkpoints checkpoints,
            List<Damage> damages) {
        this.id = id;
        this.settings = settings;
        this.log = log;
        this.producers = producers;
        this.checkpoints = checkpoints;
        this.reader = new Reader(log);
        this.damages = List.copyOf(damages);
    }

    /// Opens a partition: the checkpoint, then the batches behind it, whose checksums are verified.
    ///
    /// @param tail the log [LogNames#tail]
    /// @param clean the log [LogNames#clean] of the checkpoint's generation; null when that is 0
    /// @param bodies where the records of reference batches are found
    /// @param checkpoint the last one of the state log with all facts behind it folded in by [PartitionCheckpoint#after]
    /// @param now wall clock, milliseconds
    /// @throws IOException when the tail cannot be read at all; damaged parts of it are stepped over: see [#damages]
    public static Partition open(
            PartitionId id,
            TopicSettings settings,
            Log tail,
            @Nullable Log clean,
            Bodies bodies,
            PartitionCheckpoint checkpoint,
            long now)
            throws IOException {
        assert (clean == null) == (checkpoint.generation() == 0)
                : "the clean log of the checkpoint's generation";
        var log = new PartitionLog(tail, clean, bodies, checkpoint);
        // Before the batches behind the checkpoint come, so that they are indexed as they were, and
        // after, when they are known.
        log.startAt(checkpoint.startOffset());
        var producers = checkpoint.producers().copy();
        producers.seen(now);
        var damages = new Recovery(log, producers, now).run();
        log.startAt(checkpoint.startOffset());
        return new Partition(
                id, settings, log, producers, new Checkpoints(log, producers, checkpoint), damages);
    }

    public PartitionId id() {
        return id;
    }

    public TopicSettings settings() {
        return settings;
    }

    /// The topic's settings have changed.
    public void configure(TopicSettings settings) {
        this.settings = settings;
    }

    /// What [#open] found damaged in the tail; empty on a good day.
    public List<Damage> damages() {
        return damages;
    }

    /// First offset that is kept.
    public long startOffset() {
        return log.start;
    }

    /// The offset behind the last durable record. Never goes back.
    public long highWatermark() {
        return log.highWatermark();
    }

    /// The offset that the next record will get.
    public long nextOffset() {
        return log.next;
    }

    Producers producers() {
        return producers;
    }

    // ---- appending

    /// What to do with a batch whose structure and checksum the dialect has checked.
    public Decision decide(RecordBatch batch, long now) {
        return decide(batch, batch.bytes(), now);
    }

    /// The same for a batch that will be stored as a reference.
    ///
    /// @param wholeBytes how long the batch is that it leads to
    public Decision decide(RecordBatch batch, int wholeBytes, long now) {
        int max = settings.maxMessageBytes();
        if (wholeBytes > max) {
            return new Decision.Refused(new BrokerError.TooLarge(wholeBytes, max));
        }
        return Producers.isIdempotent(batch)
                ? Idempotence.decide(producers, batch, log.next)
                : new Decision.Accept(log.next);
    }

    /// Takes an accepted batch into account, right before it is handed to the tail log.
    ///
    /// The order is: [#decide], [RecordBatch#assign] with the decision's offset, `apply` with `tail.next()`, `tail.append`.
    ///
    /// @param position where the batch starts in the tail log
    public void apply(RecordBatch batch, long position, long now) {
        apply(batch, null, position, now);
    }

    /// The same for a batch that may be a reference.
    ///
    /// @param reference where it leads to; null: it is whole
    public void apply(RecordBatch batch, @Nullable BodyPlace reference, long position, long now) {
        assert batch.baseOffset() == log.next : batch + " instead of offset " + log.next;
        log.append(batch, reference, position, now);
        producers.remember(batch, now);
    }

    /// All batches before `nextOffset` are durable. Moves the high watermark, which never goes back.
    public void durable(long nextOffset) {
        log.durable(nextOffset);
    }

    // ---- reading

    /// Whole durable batches from the one that holds `offset`, at most `maxBytes` but at least one batch; empty at the high watermark, and
    /// between it and [#nextOffset].
    public Fetch.Answer read(long offset, int maxBytes) {
        return reader.read(offset, Math.max(0, maxBytes));
    }

    /// About how many bytes a read from `offset` would find, without reading: what a waiting fetch asks. Exact where a read has ended before. 0
    /// for an offset outside of the log.
    public long readable(long offset) {
        return reader.readable(offset);
    }

    public OffsetQuery.Answer offset(OffsetQuery query) throws IOException {
        return switch (query) {
            case OffsetQuery.Earliest _ ->
                    new OffsetQuery.Answer(log.start, RecordBatch.NO_TIMESTAMP);
            case OffsetQuery.Latest _ ->
                    new OffsetQuery.Answer(log.highWatermark(), RecordBatch.NO_TIMESTAMP);
            case OffsetQuery.Newest _ -> new TimeSearch(log).newest();
            case OffsetQuery.AtTime(long millis) -> new TimeSearch(log).firstSince(millis);
        };
    }

    public PartitionStatus status() {
        return new PartitionStatus(log.start, log.highWatermark(), bytes(), producers.status());
    }

    /// Bytes between start and end, those of references in body logs too, as exactly as the indexes know.
    public long bytes() {
        return log.bytes() + log.references.bytesFrom(log.start);
    }

    // ---- bodies

    /// The body logs that references of this partition lead to.
    public IntStream bodyLogs() {
        return log.references.logs();
    }

    /// Before this position of that body log the partition needs nothing; `Long.MAX_VALUE` when it needs nothing of it.
    public long bodiesNeededFrom(int bodyLog) {
        return log.references.neededFrom(bodyLog);
    }

    // ---- facts

    /// Deletes all records before `offset`, or all durable ones for -1.
    public Deletion deleteRecords(long offset) {
        long before = offset == -1 ? log.highWatermark() : offset;
        if (before < 0 || before > log.highWatermark()) {
            return new Deletion.Refused(
                    new BrokerError.OffsetOutOfRange(before, log.start, log.highWatermark()));
        }
        return before <= log.start
                ? new Deletion.Unchanged(log.start)
                : new Deletion.Moved(new StartMoved(before));
    }

    /// What retention by time and size takes away now, if anything.
    public Optional<StartMoved> retention(long now) {
        long start = Retention.startOf(log, settings, now);
        return start > log.start ? Optional.of(new StartMoved(start)) : Optional.empty();
    }

    /// Forgets producers that were silent for longer than that.
    public void expireProducers(long now, long expirationMillis) {
        producers.expire(now, expirationMillis);
    }

    /// A checkpoint to journal, when enough was appended since the last one to make it worth its bytes (16 MiB, or 16 times its own
    /// size), or much was deleted that only a checkpoint sets free. Empty as well while batches are in flight that it speaks of:
    /// ask again after a later [#durable].
    public Optional<Checkpointed> checkpoint() {
        return checkpoints.due();
    }

    /// A checkpoint even if it is not due, as before stopping or when all partitions together have too much to read at a start. Drawn
    /// up now; empty when nothing has happened since the last one, and while batches are in flight that it speaks of: ask
    /// again (here or with [#checkpoint]) after a later [#durable], and get the one that was drawn up.
    public Optional<Checkpointed> checkpointNow() {
        return checkpoints.now();
    }

    /// A checkpoint even if nothing has happened since the last one, so that the last one's place in the state log can be given up; empty
    /// while appends or another checkpoint are in flight.
    public Optional<Checkpointed> renewedCheckpoint() {
        return checkpoints.renewed();
    }

    /// Bytes that [#open] would have to read.
    public long bytesBehindCheckpoint() {
        return checkpoints.bytesBehind();
    }

    /// A fact of this partition has become durable. Trims what is no longer needed.
    public void apply(PartitionFact fact) {
        switch (fact) {
            case StartMoved(long offset) -> log.startAt(offset);
            case Checkpointed(var checkpoint) -> checkpoints.apply(checkpoint);
            case Compacted compacted -> apply(compacted);
        }
        // What a running compaction still reads stays.
        if (compaction == null) {
            log.trim(checkpoints.position());
        }
    }

    private void apply(Compacted fact) {
        var ended = compaction;
        assert ended != null : "only a running compaction ends: " + fact;
        log.compacted(fact, ended.target());
        reader.forget();
        compaction = null;
        checkpoints.release();
    }

    // ---- compaction

    /// Whether enough can be compacted to be worth it. False while one runs.
    public boolean compactionDue(long now) {
        return compaction == null && Compactable.isDue(log, settings, now);
    }

    /// The generation that the next clean log gets.
    public long nextGeneration() {
        return log.generation + 1;
    }

    /// Begins a compaction.
    ///
    /// @param target a new, empty log called [LogNames#clean] of [#nextGeneration]
    /// @param chunk wraps bytes for appending to `target`; when such a chunk fails, call [Compaction#abandon] from the shard's loop
    public Compaction compact(Log target, Function<Buffer, Chunk> chunk, long now) {
        assert compaction == null : "one compaction at a time";
        return begun(Compaction.byKey(this, log, new CleanWriter(target, chunk), now));
    }

    /// Begins a compaction that keeps, of what lies before offset `end`, only the records at the offsets in `live`.
    ///
    /// @param live ascending; all of them before `end`
    public Compaction keepOnly(Log target, Function<Buffer, Chunk> chunk, long end, long[] live) {
        assert compaction == null : "one compaction at a time";
        return begun(Compaction.ofLive(this, log, new CleanWriter(target, chunk), end, live, end));
    }

    /// Begins to write out the records of all references, so that nothing is needed of body logs; of what lies before offset `allFrom`, only the records at
    /// the offsets in `live` are kept.
    public Compaction writeOut(
            Log target, Function<Buffer, Chunk> chunk, long[] live, long allFrom) {
        assert compaction == null : "one compaction at a time";
        return begun(
                Compaction.ofLive(
                        this,
                        log,
                        new CleanWriter(target, chunk),
                        log.highWatermark(),
                        live,
                        allFrom));
    }

    /// Bytes of what lies before `offset` and has not been given back, as exactly as the index knows; and how large a part of it stays when only
    /// `live` of its records do.
    public boolean isMostlyDead(long offset, long live) {
        long offsets = offset - log.start;
        if (compaction != null || offsets <= 0 || live > offsets / 4) {
            return false;
        }
        return log.bytesBefore(offset) >= MOSTLY_DEAD_BYTES_MIN;
    }

    private Compaction begun(Compaction begun) {
        compaction = begun;
        return begun;
    }

    /// Its fact is about to be journalled.
    void compactionWritten(Compaction written) {
        assert compaction == written : "the one that runs";
        checkpoints.hold();
    }

    void compactionEnded(Compaction ended) {
        if (compaction == ended) {
            compaction = null;
            checkpoints.release();
            log.trim(checkpoints.position());
        }
    }
}
