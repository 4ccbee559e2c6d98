package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.RedriveProgress.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How far a part of a queue has come with the redrive that it worked on last. What it has moved is counted by the facts that say so ([QueueState#dying]), the rest by
/// facts of its own. Owned by its queue's state.
///
/// ```text
///   state u8, then varints: cursor, until, moved, skipped, failed, then texts: task, to, failure; text: length varint, UTF-8
/// ```
public final class RedriveState implements SnapshotSection {
    private static final int ID = 7;
    private static final int FIXED_BYTES = 1 + 8 * Varint.MAX_BYTES;
    private static final int TEXT_MAX = 1_000;

    private State state = State.NONE;
    private String task = "";
    private String to = "";
    private String failure = "";
    private long cursor;
    private long until;
    private long moved;
    private long skipped;
    private long failed;

    public boolean isOf(String id) {
        return state != State.NONE && task.equals(id);
    }

    public State state() {
        return state;
    }

    /// The queue that all of the task's messages go to; empty: each to where it died first, or there never was a task.
    public Optional<String> to() {
        return to.isEmpty() ? Optional.empty() : Optional.of(to);
    }

    /// The first message that was not looked at.
    public long cursor() {
        return cursor;
    }

    /// The first message that is none of the task's: it came later.
    public long until() {
        return until;
    }

    public long moved() {
        return moved;
    }

    public long skipped() {
        return skipped;
    }

    public long failed() {
        return failed;
    }

    public RedriveProgress progress() {
        return new RedriveProgress(
                task,
                state,
                moved,
                skipped,
                failed,
                failure.isEmpty() ? Optional.empty() : Optional.of(failure));
    }

    // ---- facts

    /// The part begins to work on a task.
    ///
    public void begun(Begun begun) {
        state = State.RUNNING;
        task = begun.task();
        to = begun.to();
        failure = "";
        cursor = begun.cursor();
        until = begun.until();
        moved = begun.moved();
        skipped = begun.skipped();
        failed = begun.failed();
    }

    /// What [#begun] is told: the counts are those of the parts before.
    ///
    /// @param to empty: to where each died first
    public record Begun(
            String task,
            String to,
            long cursor,
            long until,
            long moved,
            long skipped,
            long failed) {
        public Begun {
            task = cut(task);
            to = cut(to);
        }

        int bytesMax() {
            return FIXED_BYTES + 3 * (task.length() + to.length());
        }

        void write(ByteBuffer into) {
            text(task, into);
            text(to, into);
            Varint.write(cursor, into);
            Varint.write(until, into);
            Varint.write(moved, into);
            Varint.write(skipped, into);
            Varint.write(failed, into);
        }

        static Begun read(ByteBuffer from) {
            return new Begun(
                    text(from),
                    text(from),
                    Varint.read(from),
                    Varint.read(from),
                    Varint.read(from),
                    Varint.read(from),
                    Varint.read(from));
        }
    }

    /// All before `offset` were looked at.
    public void passed(long offset, long skippedNow, long failedNow) {
        cursor = offset;
        skipped = skippedNow;
        failed = failedNow;
    }

    void movedOne() {
        if (state == State.RUNNING) {
            moved++;
        }
    }

    /// @param why empty but for a failure
    public void ended(State how, String why) {
        state = how;
        failure = cut(why);
    }

    // ---- as bytes

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int bytesMax() {
        return state == State.NONE
                ? 0
                : FIXED_BYTES + 3 * (task.length() + to.length() + failure.length());
    }

    @Override
    public void write(ByteBuffer into) {
        into.put((byte) code(state));
        Varint.write(cursor, into);
        Varint.write(until, into);
        Varint.write(moved, into);
        Varint.write(skipped, into);
        Varint.write(failed, into);
        text(task, into);
        text(to, into);
        text(failure, into);
    }

    @Override
    public void read(ByteBuffer from) {
        state = ofCode(from.get());
        cursor = Varint.read(from);
        until = Varint.read(from);
        moved = Varint.read(from);
        skipped = Varint.read(from);
        failed = Varint.read(from);
        task = text(from);
        to = text(from);
        failure = text(from);
    }

    static int code(State state) {
        return switch (state) {
            case NONE -> 0;
            case RUNNING -> 1;
            case COMPLETED -> 2;
            case FAILED -> 3;
            case CANCELLED -> 4;
        };
    }

    static State ofCode(int code) {
        for (var state : State.values()) {
            if (code(state) == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("unknown state of a redrive: " + code);
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    static void text(String text, ByteBuffer into) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(bytes.length, into);
        into.put(bytes);
    }

    static String text(ByteBuffer from) {
        var bytes = new byte[Math.toIntExact(Varint.read(from))];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
