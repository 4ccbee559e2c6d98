package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.message.FailureHistory.Attempt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// How the messages of a queue that have failed have failed: by offset, in a hash table with open addressing, each packed into a few bytes. Owned by its queue's
/// state.
///
/// ```text
///   packed: attempts, first time, how many are told of, each: time since the first, consumer, code (varints; numbers of [Names]); text, UTF-8, the rest
/// ```
///
/// Some thirty bytes for one try with its object, twelve and more for its place in the table. Texts are long and seldom the same: together they may have so much, what
/// is said beyond that is not kept.
public final class Failures {
    private static final int FIRST_CAPACITY = 16;
    static final long TEXT_BYTES_MAX = 16L << 20;
    private static final long EMPTY = -1;
    private static final int LENGTH_BYTES_MAX = 5;
    private static final int REFERENCE_BYTES = 4;
    private static final long ARRAY_BYTES = 16;
    private static final long ALIGNMENT_BYTES = 8;
    private static final long[] NO_OFFSETS = {EMPTY};
    private static final byte[] @Nullable [] NO_PACKED = {null};

    /// Null before the first one has failed.
    private @Nullable Names names;

    private long[] offsets = NO_OFFSETS;
    private byte[] @Nullable [] packed = NO_PACKED;
    private int size;
    private long textBytes;
    private long packedBytes;

    /// Who is told of every history.
    public interface Visitor {
        void history(long offset, FailureHistory history);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// What all of it takes of the heap, about: the table, and an array for each message.
    public long heapBytes() {
        return offsets.length * (long) (Long.BYTES + REFERENCE_BYTES)
                + packedBytes
                + size * (ARRAY_BYTES + ALIGNMENT_BYTES / 2);
    }

    Names names() {
        if (names == null) {
            names = new Names();
        }
        return names;
    }

    long textBytes() {
        return textBytes;
    }

    /// [FailureHistory#NONE] when nothing is known of it.
    public FailureHistory of(long offset) {
        int slot = find(offset);
        return slot < 0 ? FailureHistory.NONE : unpack(at(slot));
    }

    public void forEach(Visitor visitor) {
        for (int slot = 0; slot < offsets.length; slot++) {
            if (offsets[slot] != EMPTY) {
                visitor.history(offsets[slot], unpack(at(slot)));
            }
        }
    }

    // ---- for snapshots

    /// An upper bound of what [#write] puts.
    long writtenBytesMax() {
        return names().writtenBytesMax()
                + Varint.MAX_BYTES
                + packedBytes
                + size * (long) (Varint.MAX_BYTES + LENGTH_BYTES_MAX);
    }

    void write(ByteBuffer into) {
        names().write(into);
        Varint.write(size, into);
        for (int slot = 0; slot < offsets.length; slot++) {
            if (offsets[slot] != EMPTY) {
                var bytes = at(slot);
                Varint.write(offsets[slot], into);
                Varint.write(bytes.length, into);
                into.put(bytes);
            }
        }
    }

    /// Into one in which there is nothing yet.
    void read(ByteBuffer from) {
        names().read(from);
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            var bytes = new byte[(int) Varint.read(from)];
            from.get(bytes);
            int slot = insert(offset);
            packed[slot] = bytes;
            count(bytes);
        }
    }

    // ---- facts

    void failed(long offset, Failed failed) {
        put(offset, of(offset).and(failed.attempt(), failed.text(), failed.kept()));
    }

    void put(long offset, FailureHistory history) {
        names().makeRoom(2 * history.latest().size(), this::addUsed);
        var bytes = pack(history);
        int slot = find(offset);
        if (slot >= 0) {
            uncount(at(slot));
        } else {
            slot = insert(offset);
        }
        packed[slot] = bytes;
        count(bytes);
    }

    private void count(byte[] bytes) {
        textBytes += textBytes(bytes);
        packedBytes += bytes.length;
    }

    private void uncount(byte[] bytes) {
        textBytes -= textBytes(bytes);
        packedBytes -= bytes.length;
    }

    /// The message is gone, or somebody else knows it from now on.
    FailureHistory take(long offset) {
        int slot = size == 0 ? -1 : find(offset);
        if (slot < 0) {
            return FailureHistory.NONE;
        }
        var history = unpack(at(slot));
        remove(slot);
        return history;
    }

    /// The message is gone.
    void forget(long offset) {
        int slot = size == 0 ? -1 : find(offset);
        if (slot >= 0) {
            remove(slot);
        }
    }

    /// Only those stay. Looks at all.
    void keep(LongPredicate stays) {
        if (size == 0) {
            return;
        }
        for (long offset : offsets.clone()) {
            if (offset != EMPTY && !stays.test(offset)) {
                forget(offset);
            }
        }
    }

    // ---- packing

    private byte[] pack(FailureHistory history) {
        var text =
                textBytes < TEXT_BYTES_MAX
                        ? history.text().getBytes(StandardCharsets.UTF_8)
                        : new byte[0];
        int count = history.latest().size();
        var into = ByteBuffer.allocate((3 + 3 * count) * Varint.MAX_BYTES + text.length);
        Varint.write(history.attempts(), into);
        Varint.write(history.firstMillis(), into);
        Varint.write(count, into);
        for (var attempt : history.latest()) {
            Varint.write(attempt.atMillis() - history.firstMillis(), into);
            Varint.write(names().number(attempt.consumer()), into);
            Varint.write(names().number(attempt.code()), into);
        }
        into.put(text);
        return Arrays.copyOf(into.array(), into.position());
    }

    private FailureHistory unpack(byte[] bytes) {
        var from = ByteBuffer.wrap(bytes);
        long attempts = Varint.read(from);
        long first = Varint.read(from);
        int count = (int) Varint.read(from);
        var latest = new ArrayList<Attempt>(count);
        for (int i = 0; i < count; i++) {
            long at = first + Varint.read(from);
            latest.add(
                    new Attempt(
                            at,
                            names().text((int) Varint.read(from)),
                            names().text((int) Varint.read(from))));
        }
        var text = StandardCharsets.UTF_8.decode(from).toString();
        return new FailureHistory(attempts, first, latest, text);
    }

    private static int textBytes(byte[] bytes) {
        var from = ByteBuffer.wrap(bytes);
        skipAttempts(from, null);
        return from.remaining();
    }

    private static void skipAttempts(ByteBuffer from, @Nullable BitSet used) {
        Varint.read(from);
        Varint.read(from);
        for (long left = Varint.read(from); left > 0; left--) {
            Varint.read(from);
            int consumer = (int) Varint.read(from);
            int code = (int) Varint.read(from);
            if (used != null) {
                used.set(consumer);
                used.set(code);
            }
        }
    }

    private void addUsed(BitSet used) {
        for (int slot = 0; slot < offsets.length; slot++) {
            if (offsets[slot] != EMPTY) {
                skipAttempts(ByteBuffer.wrap(at(slot)), used);
            }
        }
    }

    // ---- the table

    private byte[] at(int slot) {
        var bytes = packed[slot];
        assert bytes != null : "an offset has a history";
        return bytes;
    }

    private int find(long offset) {
        int mask = offsets.length - 1;
        int slot = slot(offset, mask);
        for (int left = offsets.length; left > 0 && offsets[slot] != EMPTY; left--) {
            if (offsets[slot] == offset) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private int insert(long offset) {
        if (4L * (size + 1) > 3L * offsets.length) {
            resize(Math.max(FIRST_CAPACITY, 2 * offsets.length));
        }
        int mask = offsets.length - 1;
        int slot = slot(offset, mask);
        while (offsets[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        offsets[slot] = offset;
        size++;
        return slot;
    }

    /// What follows moves up, so that no mark of what was there is needed.
    private void remove(int slot) {
        uncount(at(slot));
        int mask = offsets.length - 1;
        int hole = slot;
        for (int next = (hole + 1) & mask; offsets[next] != EMPTY; next = (next + 1) & mask) {
            int home = slot(offsets[next], mask);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                offsets[hole] = offsets[next];
                packed[hole] = packed[next];
                hole = next;
            }
        }
        offsets[hole] = EMPTY;
        packed[hole] = null;
        size--;
        if (offsets.length > FIRST_CAPACITY && 8L * size < offsets.length) {
            resize(Math.max(FIRST_CAPACITY, offsets.length / 4));
        }
    }

    private void resize(int capacity) {
        var oldOffsets = offsets;
        var oldPacked = packed;
        offsets = new long[capacity];
        Arrays.fill(offsets, EMPTY);
        packed = new byte[capacity][];
        int mask = capacity - 1;
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] != EMPTY) {
                int slot = slot(oldOffsets[i], mask);
                while (offsets[slot] != EMPTY) {
                    slot = (slot + 1) & mask;
                }
                offsets[slot] = oldOffsets[i];
                packed[slot] = oldPacked[i];
            }
        }
    }

    private static int slot(long offset, int mask) {
        return (int) ((offset * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }
}
