package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.policy.BreakerTransition;
import io.sluice.broker.queue.RedriveProgress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What has become of a queue since it was journalled last, as the bytes that go into the state log. Facts that continue each other become one, so that
/// a thousand messages handed out in a row cost as many bytes as one.
///
/// ```text
///   ┌─────────┬───────┬───────┬───┬─────────────────────────────────────────────────────────────────────┐
///   │ version │ facts │ facts │...│  kind u8, then varints:                                             │
///   │  u8 = 1 │       │       │   │   1 leased    first, more, deadline     7 dying    first, reason, time │
///   └─────────┴───────┴───────┴───┤   2 settled   first, more               8 extended offset, deadline    │
///     more: how many follow the   │   3 gone      first, more               9 producer id                  │
///     first without a gap         │   4 returned  first, more, counted, due 10 begun   a round             │
///                                 │   5 passed    offset                    11 buried  how many            │
///                                 │   6 due       until                     12 started                     │
///                                 │                                         13 start moved, to             │
///                                 │                                         14 held      target            │
///                                 │   20 failed   first, more, a try        15 taken     target            │
///                                 │   21 breaker opened at, until, reason                                  │
///                                 │   22 breaker half open at               23 breaker closed at, probes   │
///                                 │                                         40 redrive begun   task, to,    │
///                                 │                                            cursor, until, moved,       │
///                                 │                                            skipped, failed             │
///                                 │                                         41 redrive passed  cursor,     │
///                                 │                                            skipped, failed             │
///                                 │                                         42 redrive ended   how u8, why │
///                                 │                                         43 removed   offset            │
///                                 └─────────────────────────────────────────────────────────────────────┘
///   counted: 0 nobody looked at it, 1 a try, 2 it was out, which does not count
///   try: time, how many are kept, then consumer, code and text: length, UTF-8 each. Returns of the same messages may stand before it as well as behind
///   until: 0: not by itself; reason: length, UTF-8
///   round: how many messages, targets; each target: topic id u64 u64, index, sequence, members, then their numbers
/// ```
///
/// Owned by its shard's loop.
public final class QueueFacts {
    static final byte VERSION = 1;
    static final byte LEASED = 1;
    static final byte SETTLED = 2;
    static final byte GONE = 3;
    static final byte RETURNED = 4;
    static final byte PASSED = 5;
    static final byte DUE = 6;
    static final byte DYING = 7;
    static final byte EXTENDED = 8;
    static final byte PRODUCER = 9;
    static final byte BEGUN = 10;
    static final byte BURIED = 11;
    static final byte STARTED = 12;
    static final byte START_MOVED = 13;
    static final byte HELD = 14;
    static final byte TAKEN = 15;
    static final byte REMEMBERED = 17;
    static final byte FORGOT = 18;
    static final byte FORGOT_BEFORE = 19;
    static final byte FAILED = 20;
    static final byte BREAKER_OPENED = 21;
    static final byte BREAKER_HALF_OPENED = 22;
    static final byte BREAKER_CLOSED = 23;

    static final byte REDRIVE_BEGUN = 40;
    static final byte REDRIVE_PASSED = 41;
    static final byte REDRIVE_ENDED = 42;
    static final byte REMOVED = 43;

    private static final byte NOTHING = 0;
    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES = 64 * 1024;
    private static final int FACT_BYTES_MAX = 1 + 4 * Varint.MAX_BYTES;

    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    /// Without room until there is a fact.
    private ByteBuffer bytes = NO_ROOM;

    /// A run that the next fact may continue.
    private byte open;

    private long first;
    private long last;
    private long note;
    private int how;

    /// A run of failures that goes on beside one of returns: most messages that fail come back.
    private @Nullable Failed failure;

    private long firstFailed;
    private long lastFailed;

    public boolean isEmpty() {
        return open == NOTHING && failure == null && bytes.position() == 0;
    }

    /// How many bytes there are, about.
    public int size() {
        return bytes.position()
                + (open == NOTHING ? 0 : FACT_BYTES_MAX)
                + (failure == null ? 0 : FACT_BYTES_MAX + failure.bytesMax());
    }

    public void leased(long offset, long deadlineMillis) {
        run(LEASED, offset, deadlineMillis, 0);
    }

    public void settled(long offset) {
        run(SETTLED, offset, 0, 0);
    }

    public void gone(long from, long to) {
        run(GONE, from, 0, 0);
        last = to;
    }

    public void returned(long offset, boolean counted, long dueMillis) {
        returned(
                offset,
                counted ? QueueState.Return.COUNTED : QueueState.Return.UNTOUCHED,
                dueMillis);
    }

    public void returned(long offset, QueueState.Return itsHow, long dueMillis) {
        run(RETURNED, offset, dueMillis, codeOf(itsHow));
    }

    public void failed(long offset, Failed itsFailure) {
        if (failure != null && offset == lastFailed + 1 && itsFailure.equals(failure)) {
            lastFailed = offset;
            return;
        }
        close();
        failure = itsFailure;
        firstFailed = offset;
        lastFailed = offset;
    }

    private static int codeOf(QueueState.Return how) {
        return switch (how) {
            case UNTOUCHED -> 0;
            case COUNTED -> 1;
            case SEEN -> 2;
        };
    }

    static QueueState.Return returnOf(long code) {
        return code == 0
                ? QueueState.Return.UNTOUCHED
                : code == 1 ? QueueState.Return.COUNTED : QueueState.Return.SEEN;
    }

    public void passed(long offset) {
        single(PASSED);
        Varint.write(offset, bytes);
    }

    public void due(long untilMillis) {
        single(DUE);
        Varint.write(untilMillis, bytes);
    }

    public void dying(long offset, Reason reason, long nowMillis) {
        single(DYING);
        Varint.write(offset, bytes);
        Varint.write(reason.code(), bytes);
        Varint.write(nowMillis, bytes);
    }

    public void extended(long offset, long deadlineMillis) {
        single(EXTENDED);
        Varint.write(offset, bytes);
        Varint.write(deadlineMillis, bytes);
    }

    public void producer(long id) {
        single(PRODUCER);
        Varint.write(id, bytes);
    }

    public void begun(Outbox.Round round) {
        single(BEGUN);
        reserve(RoundCodec.bytesMax(round));
        RoundCodec.write(round, bytes);
    }

    public void buried(int count) {
        single(BURIED);
        Varint.write(count, bytes);
    }

    public void remembered(Remembered.Entry entry) {
        single(REMEMBERED);
        reserve(Remembered.ENTRY_BYTES_MAX);
        entry.write(bytes);
    }

    public void forgot(long keyHigh, long keyLow) {
        single(FORGOT);
        bytes.putLong(keyHigh).putLong(keyLow);
    }

    public void forgotBefore(long offset) {
        single(FORGOT_BEFORE);
        Varint.write(offset, bytes);
    }

    public void started() {
        single(STARTED);
    }

    public void held(PartitionId target) {
        single(HELD);
        RoundCodec.write(target, bytes);
    }

    public void taken(PartitionId target) {
        single(TAKEN);
        RoundCodec.write(target, bytes);
    }

    public void redriveBegun(RedriveState.Begun begun) {
        single(REDRIVE_BEGUN);
        reserve(begun.bytesMax());
        begun.write(bytes);
    }

    public void redrivePassed(long cursor, long skipped, long failed) {
        single(REDRIVE_PASSED);
        Varint.write(cursor, bytes);
        Varint.write(skipped, bytes);
        Varint.write(failed, bytes);
    }

    public void redriveEnded(RedriveProgress.State how, String why) {
        single(REDRIVE_ENDED);
        reserve(1 + Varint.MAX_BYTES + 3 * why.length());
        bytes.put((byte) RedriveState.code(how));
        RedriveState.text(why, bytes);
    }

    public void removed(long offset) {
        single(REMOVED);
        Varint.write(offset, bytes);
    }

    public void startMoved(long to) {
        single(START_MOVED);
        Varint.write(to, bytes);
    }

    public void breaker(BreakerTransition transition) {
        switch (transition) {
            case BreakerTransition.Opened opened -> {
                single(BREAKER_OPENED);
                reserve(BreakerCodec.bytesMax(opened.reason()));
                BreakerCodec.write(opened, bytes);
            }
            case BreakerTransition.HalfOpened(long at) -> {
                single(BREAKER_HALF_OPENED);
                Varint.write(at, bytes);
            }
            case BreakerTransition.Closed(long at, int probes) -> {
                single(BREAKER_CLOSED);
                Varint.write(at, bytes);
                Varint.write(probes, bytes);
            }
        }
    }

    /// Writes what there is into `into` and begins anew.
    public void drainTo(ByteBuffer into) {
        close();
        into.put(VERSION).put(bytes.flip());
        bytes.clear();
        if (bytes.capacity() > KEPT_BYTES) {
            bytes = NO_ROOM;
        }
    }

    /// Forgets what there is: a snapshot has said it.
    public void clear() {
        open = NOTHING;
        failure = null;
        bytes.clear();
    }

    private void run(byte kind, long offset, long itsNote, int itsHow) {
        if (open == kind && offset == last + 1 && itsNote == note && itsHow == how) {
            last = offset;
            return;
        }
        if (kind == RETURNED) {
            closeRun();
        } else {
            close();
        }
        open = kind;
        first = offset;
        last = offset;
        note = itsNote;
        how = itsHow;
    }

    private void single(byte kind) {
        close();
        reserve(FACT_BYTES_MAX);
        bytes.put(kind);
    }

    private void close() {
        closeRun();
        if (failure != null) {
            reserve(FACT_BYTES_MAX + failure.bytesMax());
            bytes.put(FAILED);
            Varint.write(firstFailed, bytes);
            Varint.write(lastFailed - firstFailed, bytes);
            failure.write(bytes);
            failure = null;
        }
    }

    private void closeRun() {
        if (open == NOTHING) {
            return;
        }
        reserve(FACT_BYTES_MAX);
        bytes.put(open);
        Varint.write(first, bytes);
        Varint.write(last - first, bytes);
        if (open == RETURNED) {
            Varint.write(how, bytes);
        }
        if (open == RETURNED || open == LEASED) {
            Varint.write(note, bytes);
        }
        open = NOTHING;
    }

    private void reserve(int more) {
        if (bytes.remaining() < more) {
            int wanted =
                    Math.max(Math.max(FIRST_BYTES, 2 * bytes.capacity()), bytes.position() + more);
            bytes =
                    ByteBuffer.wrap(Arrays.copyOf(bytes.array(), wanted))
                            .position(bytes.position());
        }
    }
}
