package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What comes to a queue: its records are looked at where something must be known of them before they are handed out ([Examination]), and kept near for those who
/// ask. Owned by its shard's loop.
final class Arrivals {
    /// How long after somebody has asked new messages are kept near for the next who asks.
    private static final long WANTED_MILLIS = 10_000;

    private final HostedQueue queue;

    /// The first record that could not be read when it had to be looked at; -1: none.
    private long unexaminedFrom = -1;

    /// Somebody has asked for messages not long ago, wall clock.
    private long wantedUntilMillis;

    Arrivals(HostedQueue queue) {
        this.queue = queue;
    }

    /// Behind the last record that can be handed out: that is durable, and was looked at if it has to be.
    long highWatermark() {
        long end = queue.partition().partition().highWatermark();
        return unexaminedFrom < 0 ? end : Math.min(end, unexaminedFrom);
    }

    /// Whether records that could not be read wait to be looked at.
    boolean isBehind() {
        return unexaminedFrom >= 0;
    }

    /// Looks at the records that could not be read, once more.
    void catchUp() {
        long from = unexaminedFrom;
        unexaminedFrom = -1;
        examine(true, null, from, queue.partition().partition().highWatermark());
    }

    /// A batch became durable, which has the offsets from `from` to before `to`.
    void appended(AppendOperation append, long from, long to, int records, long nowMillis) {
        queue.counts().published += records;
        if (isBehind()) {
            return;
        }
        if (queue.state().hasPriorities() || append.delayed() || queue.settings().bytesMax() >= 0) {
            examine(append.delayed() || queue.state().hasPriorities(), append.batch(), from, to);
        }
        var bytes = isWanted(nowMillis) ? append.batch() : null;
        if (bytes != null) {
            var batch = StoredBatch.of(bytes.slice());
            if (!batch.batch().isControl() && batch.batch().compression() == Compression.NONE) {
                queue.reader().appended(batch, queue.state().fresh());
            }
        }
    }

    /// Somebody has asked for messages.
    void wanted(long nowMillis) {
        wantedUntilMillis = nowMillis + WANTED_MILLIS;
    }

    private boolean isWanted(long nowMillis) {
        if (!queue.consumers().isEmpty() || nowMillis < wantedUntilMillis) {
            return true;
        }
        if (wantedUntilMillis > 0) {
            wantedUntilMillis = 0;
            queue.reader().forget();
        }
        return false;
    }

    private void examine(boolean traits, @Nullable ByteBuffer bytes, long from, long to) {
        var look = new Examination(queue, traits);
        if (bytes != null
                && RecordBatch.view(bytes, bytes.position()).compression() == Compression.NONE) {
            look.batch(StoredBatch.of(bytes.slice()));
        } else {
            long end = look.log(from, to);
            queue.state().examinedTo(end);
            unexaminedFrom = end < to ? end : -1;
            return;
        }
        queue.state().examinedTo(to);
    }

    /// Why a batch of so many records is not taken; null when it is.
    @Nullable BrokerError refusal(int records) {
        if (queue.settings().overflow() == Overflow.DROP_HEAD) {
            return null;
        }
        boolean full =
                (queue.settings().lengthMax() >= 0
                                && queue.state().ready(queue.partition().partition().nextOffset())
                                                + records
                                        > queue.settings().lengthMax())
                        || (queue.settings().bytesMax() >= 0
                                && queue.readyBytes().bytes() >= queue.settings().bytesMax());
        return full
                ? new BrokerError.QueueFull(
                        "queue '" + queue.definition().name() + "' is at its limit")
                : null;
    }
}
