package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.stream.LongStream;

/// A queue's whole state as bytes: all facts before it are superfluous.
///
/// ```text
///   version u8 = 3, then varints:
///   fresh, examined, delayed: count, each due, offset, note          returned: count, each offset, note
///   leased: count, each offset, deadline, note, bytes                 dying: count, each offset, reason, time, note
///   lanes: count (0: no priorities), each: count, offsets as differences
///   producer id, sequences: count, each partition, next               round: 0, or 1 and the round
///   held: count, each partition, sequence, letters: count, each as a dying one
///   remembered from, count, each key u64 u64, id u64 u64, offset, time (not in version 1)
///   1: nothing that is there has a key, 0: that is not known (not in version 1; in version 2 only where keys matter)
///   sections: count, each id, length u32, bytes (version 3 on)
/// ```
public final class QueueSnapshot {
    private static final byte VERSION = 3;

    /// There are no sections.
    private static final byte WITHOUT_SECTIONS = 2;

    /// What is remembered was not written.
    private static final byte WITHOUT_REMEMBERED = 1;

    private QueueSnapshot() {}

    /// What a snapshot holds.
    ///
    /// @param examined delayed messages and priorities of records from here on are not in it
    /// @param keysFrom nothing before it that is still there has a key
    public record Read(QueueState state, long examined, long keysFrom) {}

    /// An upper bound of what [#write] puts.
    public static int bytesMax(QueueState state) {
        long numbers = 16;
        numbers += 2L * state.readyOnes().returnedCount();
        numbers += 4L * state.leases().size();
        numbers += 4L * state.dying().size();
        numbers += 4L * state.outbox().nextSequences().size();
        numbers += 5L * state.outbox().held().size() + 4L * state.outbox().heldLetters();
        long bytes = numbers * Varint.MAX_BYTES + delayedBytes(state.delayedOnes());
        var lanes = state.readyOnes().lanes();
        if (lanes != null) {
            for (var lane : lanes) {
                bytes += 2 * Varint.MAX_BYTES + lane.bytes();
            }
        }
        var round = state.outbox().round();
        bytes += state.remembered().bytesMax();
        for (var section : state.sections()) {
            bytes += 2 * Varint.MAX_BYTES + section.bytesMax();
        }
        return Math.toIntExact(bytes + (round == null ? 0 : RoundCodec.bytesMax(round)));
    }

    /// These may be millions.
    private static long delayedBytes(DueHeap delayed) {
        var bytes = new long[1];
        delayed.forEach(
                (due, offset, note) ->
                        bytes[0] += Varint.size(due) + Varint.size(offset) + Varint.size(note));
        return bytes[0];
    }

    /// @param examined the offset behind the last record that the state takes into account
    public static void write(QueueState state, long examined, ByteBuffer into) {
        into.put(VERSION);
        Varint.write(state.fresh(), into);
        Varint.write(examined, into);
        Varint.write(state.delayedOnes().size(), into);
        state.delayedOnes()
                .forEach(
                        (due, offset, note) -> {
                            Varint.write(due, into);
                            Varint.write(offset, into);
                            Varint.write(note, into);
                        });
        Varint.write(state.readyOnes().returnedCount(), into);
        state.readyOnes()
                .forEachReturned(
                        (_, offset, note) -> {
                            Varint.write(offset, into);
                            Varint.write(note, into);
                        });
        Varint.write(state.leases().size(), into);
        state.leases()
                .forEach(
                        (offset, _, deadline, note, bytes) -> {
                            Varint.write(offset, into);
                            Varint.write(deadline, into);
                            Varint.write(note, into);
                            Varint.write(bytes, into);
                        });
        Varint.write(state.dying().size(), into);
        for (var dying : state.dying()) {
            write(dying, into);
        }
        writeLanes(state.readyOnes(), into);
        writeOutbox(state.outbox(), into);
        state.remembered().write(into);
        boolean noKeys = state.readyOnes() instanceof KeyedReady keyed && keyed.isWithoutKeys();
        Varint.write(noKeys ? 1 : 0, into);
        writeSections(state, into);
    }

    private static void writeSections(QueueState state, ByteBuffer into) {
        var sections = state.sections().stream().filter(section -> section.bytesMax() > 0).toList();
        Varint.write(sections.size(), into);
        for (var section : sections) {
            Varint.write(section.id(), into);
            int lengthAt = into.position();
            into.position(lengthAt + Integer.BYTES);
            section.write(into);
            into.putInt(lengthAt, into.position() - lengthAt - Integer.BYTES);
        }
    }

    private static void readSections(QueueState state, ByteBuffer from) {
        for (long left = Varint.read(from); left > 0; left--) {
            long id = Varint.read(from);
            int length = from.getInt();
            var bytes = from.slice(from.position(), length);
            from.position(from.position() + length);
            for (var section : state.sections()) {
                if (section.id() == id) {
                    section.read(bytes);
                }
            }
        }
    }

    private static void writeLanes(ReadyMessages ready, ByteBuffer into) {
        var lanes = ready.lanes();
        Varint.write(lanes == null ? 0 : lanes.length, into);
        if (lanes == null) {
            return;
        }
        for (var lane : lanes) {
            Varint.write(lane.size(), into);
            var before = new long[1];
            lane.forEach(
                    offset -> {
                        Varint.write(offset - before[0], into);
                        before[0] = offset;
                    });
        }
    }

    private static void writeOutbox(Outbox outbox, ByteBuffer into) {
        Varint.write(outbox.producerId(), into);
        Varint.write(outbox.nextSequences().size(), into);
        outbox.nextSequences()
                .forEach(
                        (partition, next) -> {
                            RoundCodec.write(partition, into);
                            Varint.write(next, into);
                        });
        var round = outbox.round();
        Varint.write(round == null ? 0 : 1, into);
        if (round != null) {
            RoundCodec.write(round, into);
        }
        Varint.write(outbox.held().size(), into);
        for (var held : outbox.held()) {
            RoundCodec.write(held.partition(), into);
            Varint.write(held.sequence(), into);
            Varint.write(held.letters().size(), into);
            held.letters().forEach(dying -> write(dying, into));
        }
    }

    private static void write(Dying dying, ByteBuffer into) {
        Varint.write(dying.offset(), into);
        Varint.write(dying.reason().code(), into);
        Varint.write(dying.sinceMillis(), into);
        Varint.write(dying.note(), into);
    }

    private static Dying readDying(ByteBuffer from) {
        long offset = Varint.read(from);
        var reason = Reason.ofCode((int) Varint.read(from));
        long since = Varint.read(from);
        int note = (int) Varint.read(from);
        return new Dying(offset, reason, since, note, FailureHistory.NONE);
    }

    /// @param priorityMax,lists of the queue: see [QueueState]
    /// @throws IllegalArgumentException for a version that this program does not know
    public static Read read(ByteBuffer from, int priorityMax, boolean lists) {
        byte version = from.get();
        if (version < WITHOUT_REMEMBERED || version > VERSION) {
            throw new IllegalArgumentException("a queue's snapshot of an unknown version");
        }
        var state = new QueueState(priorityMax, lists);
        long fresh = Varint.read(from);
        long examined = Varint.read(from);
        for (long left = Varint.read(from); left > 0; left--) {
            long due = Varint.read(from);
            state.delayedOnes().add(due, Varint.read(from), (int) Varint.read(from));
        }
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            state.readyOnes().back(offset, (int) Varint.read(from));
        }
        var nobody = new Holder(Holder.NOBODY);
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            long deadline = Varint.read(from);
            int note = (int) Varint.read(from);
            state.restoreLease(offset, nobody, deadline, note, (int) Varint.read(from));
        }
        for (long left = Varint.read(from); left > 0; left--) {
            state.dyingOnes().add(readDying(from));
        }
        readLanes(state, from);
        state.readyOnes().fresh(fresh);
        restoreHoles(state, fresh);
        readOutbox(state.outbox(), from);
        if (version >= WITHOUT_SECTIONS) {
            state.remembered().read(from);
        }
        boolean noKeys =
                version >= WITHOUT_SECTIONS && from.hasRemaining() && Varint.read(from) == 1;
        if (version > WITHOUT_SECTIONS) {
            readSections(state, from);
        }
        return new Read(state, examined, noKeys ? examined : 0);
    }

    private static void readLanes(QueueState state, ByteBuffer from) {
        int lanes = (int) Varint.read(from);
        for (int priority = 0; priority < lanes; priority++) {
            long offset = 0;
            for (long left = Varint.read(from); left > 0; left--) {
                offset += Varint.read(from);
                state.readyOnes().list(offset, priority, 0);
            }
        }
    }

    /// Delayed and returned messages from `fresh` on are those that it has not passed yet.
    private static void restoreHoles(QueueState state, long fresh) {
        if (state.hasPriorities()) {
            return;
        }
        var ahead = LongStream.builder();
        DueHeap.Visitor visitor =
                (_, offset, _) -> {
                    if (offset >= fresh) {
                        ahead.add(offset);
                    }
                };
        state.delayedOnes().forEach(visitor);
        state.readyOnes().forEachReturned(visitor);
        ahead.build().sorted().forEach(state.readyOnes()::hole);
    }

    private static void readOutbox(Outbox outbox, ByteBuffer from) {
        outbox.producer(Varint.read(from));
        for (long left = Varint.read(from); left > 0; left--) {
            var partition = RoundCodec.readPartition(from);
            outbox.sequence(partition, (int) Varint.read(from));
        }
        if (Varint.read(from) == 1) {
            outbox.restore(RoundCodec.read(from));
        }
        // In version 1 it ends here where nothing is held.
        for (long left = from.hasRemaining() ? Varint.read(from) : 0; left > 0; left--) {
            var partition = RoundCodec.readPartition(from);
            int sequence = (int) Varint.read(from);
            var letters = new ArrayList<Dying>();
            for (long more = Varint.read(from); more > 0; more--) {
                letters.add(readDying(from));
            }
            outbox.restoreHeld(new Outbox.Held(partition, sequence, letters));
        }
    }
}
