package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Bell;
import java.util.ArrayDeque;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/// What waits for the journal's writer: chunks, many per second, and now and then something else. Bounded.
final class Inbox {
    private static final int CHUNKS_MAX = 1 << 16;

    /// What takes so long to write that the writer's own thread does it, while the caller goes on.
    private static final int LARGE_BYTES = 16 * 1024;

    private final MpscArrayQueue<Pending> chunks = new MpscArrayQueue<>(CHUNKS_MAX);
    private final ArrayDeque<Control> controls = new ArrayDeque<>();
    private volatile boolean controlled;
    private final Bell bell;

    Inbox(Bell bell) {
        this.bell = bell;
    }

    /// @return false when it is full
    boolean offer(Pending pending) {
        if (!chunks.offer(pending)) {
            return false;
        }
        if (pending.length < LARGE_BYTES) {
            bell.ring();
        } else {
            bell.insist();
        }
        return true;
    }

    /// As many as there are logs, at most: each log waits for one deletion, one trim and one carrying.
    void offer(Control control) {
        synchronized (controls) {
            controls.addLast(control);
            controlled = true;
        }
        bell.ring();
    }

    /// The next chunk, which stays.
    @Nullable Pending peek() {
        return chunks.peek();
    }

    void take() {
        chunks.poll();
    }

    /// The next thing that is no chunk, which stays.
    @Nullable Control peekControl() {
        if (!controlled) {
            return null;
        }
        synchronized (controls) {
            return controls.peekFirst();
        }
    }

    void takeControl() {
        synchronized (controls) {
            controls.pollFirst();
            controlled = !controls.isEmpty();
        }
    }

    /// Whether so little waits that whoever brought it may as well write it himself: while others wait too, he has better things to do than to
    /// wait for the disk.
    boolean isLittle() {
        return chunks.size() <= 1;
    }

    boolean waiting() {
        return !chunks.isEmpty() || controlled;
    }
}
