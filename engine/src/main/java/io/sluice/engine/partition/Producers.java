package io.sluice.engine.partition;

import io.sluice.broker.PartitionStatus;
import io.sluice.broker.record.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// What a partition remembers of its idempotent producers: the epoch and the last five batches of each, as many as a client has in flight.
/// Owned by its partition. One row of longs per producer and an open-addressed table from id to row: 120 bytes each.
///
/// ```text
///   row   id │ last time stamp │ last seen │ epoch, batches, oldest │ 5 x (last offset │ last sequence, offset delta)
/// ```
final class Producers {
    static final int BATCHES = 5;

    private static final int LAST_TIMESTAMP = 1;
    private static final int SEEN = 2;
    private static final int STATE = 3;
    private static final int FIRST_BATCH = 4;
    private static final int STRIDE = FIRST_BATCH + 2 * BATCHES;
    private static final int NONE = -1;

    private long[] rows = new long[0];
    private int size;
    private int[] table = new int[0];

    Producers copy() {
        var copy = new Producers();
        copy.rows = Arrays.copyOf(rows, size * STRIDE);
        copy.size = size;
        copy.table = table.clone();
        return copy;
    }

    int size() {
        return size;
    }

    /// The row of that producer; negative when it is not known.
    int find(long id) {
        if (table.length == 0) {
            return NONE;
        }
        int mask = table.length - 1;
        for (int slot = slot(id, mask); ; slot = (slot + 1) & mask) {
            int row = table[slot] - 1;
            if (row < 0 || rows[row * STRIDE] == id) {
                return row;
            }
        }
    }

    long id(int row) {
        return rows[row * STRIDE];
    }

    short epoch(int row) {
        return (short) (rows[row * STRIDE + STATE] >> 32);
    }

    int batches(int row) {
        return (int) rows[row * STRIDE + STATE] >> 8;
    }

    /// The largest time stamp of the last batch.
    long lastTimestamp(int row) {
        return rows[row * STRIDE + LAST_TIMESTAMP];
    }

    /// The last sequence number of a remembered batch, 0 being the oldest.
    int lastSequence(int row, int batch) {
        return (int) (rows[at(row, batch) + 1] >> 32);
    }

    int offsetDelta(int row, int batch) {
        return (int) rows[at(row, batch) + 1];
    }

    long lastOffset(int row, int batch) {
        return rows[at(row, batch)];
    }

    private int oldest(int row) {
        return (int) rows[row * STRIDE + STATE] & 0xFF;
    }

    private int at(int row, int batch) {
        return row * STRIDE + FIRST_BATCH + 2 * ((oldest(row) + batch) % BATCHES);
    }

    /// A batch was appended, by whomever.
    void remember(RecordBatch batch, long now) {
        if (isIdempotent(batch)) {
            remember(
                    batch.producerId(),
                    batch.producerEpoch(),
                    batch.lastSequence(),
                    batch.lastOffset(),
                    batch.lastOffsetDelta(),
                    batch.maxTimestamp(),
                    now);
        }
    }

    /// Whether the batch takes part in its producer's numbering; transaction markers do not.
    static boolean isIdempotent(RecordBatch batch) {
        return batch.hasProducer()
                && !batch.isControl()
                && batch.baseSequence() != RecordBatch.NO_SEQUENCE;
    }

    /// A batch of that producer was appended. A new epoch forgets the batches of the one before.
    void remember(
            long id,
            short epoch,
            int lastSequence,
            long lastOffset,
            int offsetDelta,
            long timestamp,
            long now) {
        int row = find(id);
        if (row < 0) {
            row = insert(id, epoch);
        } else if (epoch(row) != epoch) {
            state(row, epoch, 0, 0);
        }
        if (batches(row) == BATCHES) {
            state(row, epoch, BATCHES, (oldest(row) + 1) % BATCHES);
        } else {
            state(row, epoch, batches(row) + 1, oldest(row));
        }
        int at = at(row, batches(row) - 1);
        rows[at] = lastOffset;
        rows[at + 1] = (long) lastSequence << 32 | offsetDelta;
        rows[row * STRIDE + LAST_TIMESTAMP] = timestamp;
        rows[row * STRIDE + SEEN] = now;
    }

    private void state(int row, short epoch, int batches, int oldest) {
        rows[row * STRIDE + STATE] = (long) epoch << 32 | (long) batches << 8 | oldest;
    }

    private int insert(long id, short epoch) {
        if ((size + 1) * STRIDE > rows.length) {
            rows =
                    Arrays.copyOf(
                            rows,
                            Math.max(
                                    STRIDE,
                                    rows.length + rows.length / STRIDE / 2 * STRIDE + STRIDE));
        }
        int row = size++;
        rows[row * STRIDE] = id;
        state(row, epoch, 0, 0);
        if (2 * size > table.length) {
            rehash();
        } else {
            enter(row);
        }
        return row;
    }

    private void rehash() {
        table = new int[Math.max(4, Integer.highestOneBit(size) * 4)];
        for (int row = 0; row < size; row++) {
            enter(row);
        }
    }

    private void enter(int row) {
        int mask = table.length - 1;
        int slot = slot(id(row), mask);
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = row + 1;
    }

    private static int slot(long id, int mask) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    /// Counts all producers as seen now: after a restart nobody knows better.
    void seen(long now) {
        for (int row = 0; row < size; row++) {
            rows[row * STRIDE + SEEN] = now;
        }
    }

    /// Forgets those whose last batch is older than that, by its time stamps and by when it came.
    void expire(long now, long expirationMillis) {
        int kept = 0;
        for (int row = 0; row < size; row++) {
            long last = Math.max(rows[row * STRIDE + SEEN], lastTimestamp(row));
            if (now - last < expirationMillis) {
                System.arraycopy(rows, row * STRIDE, rows, kept * STRIDE, STRIDE);
                kept++;
            }
        }
        if (kept < size) {
            size = kept;
            rows = Arrays.copyOf(rows, size * STRIDE);
            rehash();
        }
    }

    List<PartitionStatus.Producer> status() {
        var all = new ArrayList<PartitionStatus.Producer>(size);
        for (int row = 0; row < size; row++) {
            int last = lastSequence(row, batches(row) - 1);
            all.add(new PartitionStatus.Producer(id(row), epoch(row), last, lastTimestamp(row)));
        }
        return all;
    }

    /// All producers as a row of numbers: count, then per producer id, epoch, time stamp, number of batches, and of each, oldest first,
    /// last offset, last sequence and offset delta.
    void describe(LongConsumer out) {
        out.accept(size);
        for (int row = 0; row < size; row++) {
            out.accept(id(row));
            out.accept(epoch(row));
            out.accept(lastTimestamp(row));
            out.accept(batches(row));
            for (int batch = 0; batch < batches(row); batch++) {
                out.accept(lastOffset(row, batch));
                out.accept(lastSequence(row, batch));
                out.accept(offsetDelta(row, batch));
            }
        }
    }

    static Producers read(LongSupplier in) {
        var producers = new Producers();
        for (long left = in.getAsLong(); left > 0; left--) {
            long id = in.getAsLong();
            short epoch = (short) in.getAsLong();
            long timestamp = in.getAsLong();
            for (long batches = in.getAsLong(); batches > 0; batches--) {
                long lastOffset = in.getAsLong();
                int lastSequence = (int) in.getAsLong();
                int offsetDelta = (int) in.getAsLong();
                producers.remember(
                        id, epoch, lastSequence, lastOffset, offsetDelta, timestamp, timestamp);
            }
        }
        return producers;
    }
}
