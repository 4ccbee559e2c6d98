package io.sluice.benchmarks.scenario.queue;

import com.rabbitmq.client.ConfirmListener;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/// Counts confirms, which a broker may send in any order and for many publishes at once. Called by the connection's thread only.
final class Confirms implements ConfirmListener {
    /// Far more than are in flight; a power of two.
    private static final int SPAN = 1 << 18;

    private final Semaphore room;
    private final boolean[] confirmed = new boolean[SPAN];
    private long lowest = 1;

    /// @param room gets a permit back for each confirm
    Confirms(Semaphore room) {
        this.room = room;
    }

    @Override
    public void handleAck(long tag, boolean multiple) throws IOException {
        if (tag - lowest >= SPAN) {
            throw new IOException("confirm of " + tag + " while " + lowest + " is open");
        }
        var count = 0;
        if (multiple) {
            for (; lowest <= tag; lowest++) {
                count += take(lowest) ? 0 : 1;
            }
        } else {
            confirmed[index(tag)] = true;
            count = 1;
        }
        while (take(lowest)) {
            lowest++;
        }
        room.release(count);
    }

    @Override
    public void handleNack(long tag, boolean multiple) throws IOException {
        throw new IOException("the broker refused " + tag);
    }

    /// Whether this one was confirmed before; its place is free afterwards.
    private boolean take(long tag) {
        var before = confirmed[index(tag)];
        confirmed[index(tag)] = false;
        return before;
    }

    private static int index(long tag) {
        return (int) (tag & (SPAN - 1));
    }
}
