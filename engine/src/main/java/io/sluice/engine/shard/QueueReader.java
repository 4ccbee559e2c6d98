package io.sluice.engine.shard;

import io.sluice.broker.Fetch;
import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.engine.queue.Remembered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a queue's messages for it: what lies near the head from memory, where it was kept since it was published or read ahead, everything else from
/// the log. Owned by its shard's loop.
///
/// ```text
///            near: batches without a gap, the oldest unread first
///   ─────────┬──────┬──────┬──────┬───────────── ─ ─ ─ ───────────┐
///    handed  │      │      │      │  in the log only              │ high watermark
///    out     └──────┴──────┴──────┴───────────── ─ ─ ─ ───────────┘
///             ▲ [#seek]             ▲ read ahead when it is needed
/// ```
final class QueueReader {
    private static final Logger log = LoggerFactory.getLogger(QueueReader.class);
    static final byte[] ENVELOPE = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);
    private static final byte[] ONCE = Once.HEADER.getBytes(StandardCharsets.UTF_8);
    private static final int READ_AHEAD_BYTES = 256 * 1024;
    private static final int LOOK_UP_BYTES = 4 * 1024;

    private final HostedPartition hosted;
    private final NearBudget budget;
    private final NavigableMap<Long, StoredBatch> near = new TreeMap<>();

    /// Null until something was looked up.
    private @Nullable ApartBatches apart;

    private @Nullable StoredBatch current;
    private @Nullable Records records;
    private @Nullable IOException failure;
    private long toldOffset = -1;
    private long reads;

    QueueReader(HostedPartition hosted, NearBudget budget) {
        this.hosted = hosted;
        this.budget = budget;
    }

    /// A batch became durable. It is kept when it follows what is kept already, or is what will be read next.
    ///
    /// @param unread the first offset that was not handed out yet
    void appended(StoredBatch batch, long unread) {
        var last = last();
        boolean follows =
                last == null
                        ? unread >= batch.baseOffset()
                        : last.nextOffset() == batch.baseOffset();
        if (follows && budget.take(batch.length())) {
            near.put(batch.baseOffset(), batch);
        }
    }

    private @Nullable StoredBatch first() {
        return near.isEmpty() ? null : near.firstEntry().getValue();
    }

    private @Nullable StoredBatch last() {
        return near.isEmpty() ? null : near.lastEntry().getValue();
    }

    /// Whether what is kept nearest to the head reaches no further than `offset`, or holds it: only then something may be dropped.
    boolean isNearest(long offset) {
        var first = first();
        return first != null && first.baseOffset() <= offset;
    }

    /// Nothing before `unread` will be read soon.
    void passed(long unread) {
        for (var first = first(); first != null && first.nextOffset() <= unread; first = first()) {
            near.pollFirstEntry();
            drop(first);
        }
    }

    /// Keeps nothing in memory.
    void forget() {
        forgetNear();
        apart = null;
        current = null;
        records = null;
    }

    private void forgetNear() {
        for (var first = near.pollFirstEntry(); first != null; first = near.pollFirstEntry()) {
            drop(first.getValue());
        }
    }

    private void drop(StoredBatch batch) {
        budget.giveBack(batch.length());
    }

    /// Moves to the first record at `offset` or behind it.
    ///
    /// @return false when there is none that is durable, or it cannot be read: see [#failure]
    boolean seek(long offset) {
        failure = null;
        if (current != null && records != null && isWithin(current, offset)) {
            if (records.offset() == offset) {
                return true;
            }
            if (records.offset() < offset && advanceTo(offset)) {
                return true;
            }
            // What the batch says it holds, but no longer does, is looked for behind it.
        }
        try {
            long from = offset;
            while (from < hosted.partition().highWatermark()) {
                var batch = batchAt(from);
                if (batch == null) {
                    return false;
                }
                current = batch;
                records = batch.batch().recordsFrom(RecordBatch.HEADER_BYTES);
                if (records.next() && advanceTo(offset)) {
                    return true;
                }
                from = batch.nextOffset();
            }
        } catch (IOException e) {
            failed(offset, e);
        }
        return false;
    }

    /// It is told once for each place: whoever has to read there tries it again and again.
    private void failed(long offset, IOException why) {
        failure = why;
        if (offset != toldOffset) {
            toldOffset = offset;
            log.error(
                    "a queue cannot read partition {} at {}: {}",
                    hosted.id(),
                    offset,
                    why.getMessage());
        }
    }

    /// How often the log was asked.
    long reads() {
        return reads;
    }

    /// Why [#seek] found nothing; null when there is nothing.
    @Nullable IOException failure() {
        return failure;
    }

    /// Moves to the next record of the same batch.
    boolean nextInBatch() {
        return at().next();
    }

    long offset() {
        return at().offset();
    }

    Records at() {
        assert records != null : "a record was found";
        return records;
    }

    StoredBatch batch() {
        assert current != null : "a record was found";
        return current;
    }

    /// A hash of the record's key; 0: it has none.
    long key() {
        return key(at());
    }

    static long key(Records record) {
        var key = record.key();
        if (key == null || !key.hasRemaining()) {
            return 0;
        }
        // FNV-1a, then mixed: keys that collide only wait for each other.
        long hash = 0xcbf29ce484222325L;
        while (key.hasRemaining()) {
            hash = (hash ^ key.get()) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    /// What the record says of being there once; null when it says nothing.
    static Remembered.@Nullable Entry once(Records record) {
        var bytes = record.header(ONCE);
        if (bytes == null || bytes.remaining() != 4 * Long.BYTES) {
            return null;
        }
        return new Remembered.Entry(
                bytes.getLong(),
                bytes.getLong(),
                new UUID(bytes.getLong(), bytes.getLong()),
                record.offset(),
                record.timestamp());
    }

    /// Length of the record's body.
    int bodyBytes() {
        return Math.max(0, at().valueBytes());
    }

    /// The envelope; null when the record has none that can be read.
    @Nullable Envelope envelope() {
        return envelope(at());
    }

    static @Nullable Envelope envelope(Records record) {
        var bytes = record.header(ENVELOPE);
        if (bytes == null) {
            return null;
        }
        try {
            return Envelope.of(bytes);
        } catch (RuntimeException notOurs) {
            log.debug("a record header named like the envelope is none", notOurs);
            return null;
        }
    }

    private boolean advanceTo(long offset) {
        var cursor = at();
        while (cursor.offset() < offset) {
            if (!cursor.next()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(StoredBatch batch, long offset) {
        return offset >= batch.baseOffset() && offset < batch.nextOffset();
    }

    /// The batch that holds `offset`, or the next one; null when there is none.
    private @Nullable StoredBatch batchAt(long offset) throws IOException {
        var kept = near.floorEntry(offset);
        if (kept != null && offset < kept.getValue().nextOffset()) {
            return kept.getValue();
        }
        var looked = apart == null ? null : apart.at(offset);
        if (looked != null) {
            return looked;
        }
        return goesOn(offset) ? readAhead(offset) : lookUp(offset);
    }

    /// Whether `offset` is what comes next where this reads in order. Whoever jumps about, as with keys or delays, is not read ahead for.
    private boolean goesOn(long offset) {
        boolean follows = current == null || offset == current.nextOffset();
        var last = last();
        return last == null
                ? follows
                : offset == last.nextOffset() || (follows && offset > last.nextOffset());
    }

    private @Nullable StoredBatch lookUp(long offset) throws IOException {
        var window = window(offset, LOOK_UP_BYTES);
        var found = new ArrayList<StoredBatch>();
        for (int at = 0; at < window.limit(); ) {
            var batch = RecordBatch.view(window, at);
            if (batch.nextOffset() > offset && (found.isEmpty() || isPlain(batch))) {
                var stored = StoredBatch.read(window, at);
                if (stored != null) {
                    found.add(stored);
                }
            }
            at += batch.bytes();
        }
        if (found.isEmpty()) {
            return window.hasRemaining() ? lookUp(lastOf(window) + 1) : null;
        }
        if (apart == null) {
            apart = new ApartBatches();
        }
        apart.add(found);
        return found.getFirst();
    }

    /// Whether it costs nothing to have it at hand.
    private static boolean isPlain(RecordBatch batch) {
        return batch.compression() == Compression.NONE;
    }

    private @Nullable StoredBatch readAhead(long offset) throws IOException {
        var window = window(offset, READ_AHEAD_BYTES);
        if (!window.hasRemaining()) {
            return null;
        }
        forgetNear();
        StoredBatch found = null;
        for (int at = 0; at < window.limit(); ) {
            var stored = StoredBatch.read(window, at);
            at += RecordBatch.view(window, at).bytes();
            if (stored != null && stored.nextOffset() > offset) {
                found = found == null ? stored : found;
                budget.takeAnyway(stored.length());
                near.put(stored.baseOffset(), stored);
            }
        }
        return found == null ? readAhead(lastOf(window) + 1) : found;
    }

    private static long lastOf(ByteBuffer window) {
        long last = -1;
        for (int at = 0; at < window.limit(); ) {
            var batch = RecordBatch.view(window, at);
            last = batch.lastOffset();
            at += batch.bytes();
        }
        return last;
    }

    /// Whole durable batches from the one that holds `offset`; empty at the end.
    private ByteBuffer window(long offset, int bytes) throws IOException {
        long from = Math.max(offset, hosted.partition().startOffset());
        if (from >= hosted.partition().highWatermark()) {
            return ByteBuffer.allocate(0);
        }
        reads++;
        return switch (hosted.partition().read(from, bytes)) {
            case Fetch.Answer.Found found -> {
                try (var slices = found.records()) {
                    yield slices.copy();
                }
            }
            case Fetch.Answer.Refused(var error) -> throw new IOException(error.message());
        };
    }
}
