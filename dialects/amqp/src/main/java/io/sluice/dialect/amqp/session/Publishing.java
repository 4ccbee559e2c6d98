package io.sluice.dialect.amqp.session;

import io.sluice.broker.Broker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The appends of one connection: all publishes of one turn to one set of queues become one batch, which is stored once for all of them. Owned by
/// the connection's loop.
///
/// Where a message goes to other queues together than those before it, these leave first, so that every queue keeps the order; but small
/// messages are rather written once per queue, to keep batches large.
///
/// Batches leave in the order in which they were begun; within a queue the order is that of the publishes.
final class Publishing {
    /// A batch of this size leaves at once.
    private static final int BATCH_BYTES = 512 * 1024;

    /// Messages with less are not worth a batch of their own.
    private static final int SHARED_BYTES_MIN = 512;

    /// So much may be on its way into the log before the connection is read no further.
    private static final long UNDER_WAY_BYTES_MAX = 16L << 20;

    private final Broker broker;
    private final Inbox inbox;
    private final ReadGate gate;
    private final Runnable onGateOpen;
    private final List<OpenBatch> open = new ArrayList<>();
    private long bytesUnderWay;

    Publishing(Broker broker, Inbox inbox, ReadGate gate, Runnable onGateOpen) {
        this.broker = broker;
        this.inbox = inbox;
        this.gate = gate;
        this.onGateOpen = onGateOpen;
    }

    Broker broker() {
        return broker;
    }

    Inbox inbox() {
        return inbox;
    }

    /// A message for all queues of the set.
    void add(
            TargetSet set,
            long nowMillis,
            @Nullable ByteBuffer key,
            ByteBuffer body,
            ByteBuffer headers,
            boolean persistent,
            boolean delayed,
            AppendWaiter waiter,
            long number) {
        var batch = set.first().open;
        if (batch == null || batch.set() != set) {
            if (set.size() > 1 && body.remaining() < SHARED_BYTES_MIN && set.hasOpen()) {
                for (var target : set.targets()) {
                    add(
                            target.single(),
                            nowMillis,
                            key,
                            body,
                            headers,
                            persistent,
                            delayed,
                            waiter,
                            number);
                }
                return;
            }
            batch = begin(set, nowMillis);
        }
        batch.add(key, body, headers, persistent, delayed, waiter, number);
        if (set.takesOneByOne() || batch.bytes() >= BATCH_BYTES) {
            // What was begun earlier leaves earlier: a message may be the last word on others.
            flush();
        }
    }

    /// A queue is in one open batch at most: those with earlier messages leave first.
    private OpenBatch begin(TargetSet set, long nowMillis) {
        for (var target : set.targets()) {
            if (target.open != null) {
                flush(open.indexOf(target.open) + 1);
            }
        }
        var batch = new OpenBatch(this, set, nowMillis);
        for (var target : set.targets()) {
            target.open = batch;
        }
        open.add(batch);
        return batch;
    }

    /// Appends what has gathered.
    void flush() {
        flush(open.size());
    }

    private void flush(int batches) {
        if (batches == 0) {
            return;
        }
        var leaving = open.subList(0, batches);
        for (var batch : leaving) {
            batch.set().targets().forEach(target -> target.open = null);
            bytesUnderWay += batch.send(broker);
        }
        leaving.clear();
        if (bytesUnderWay > UNDER_WAY_BYTES_MAX) {
            gate.close(ReadGate.Reason.APPENDING);
        }
    }

    void returned(OpenBatch batch) {
        bytesUnderWay -= batch.bytes();
        if (bytesUnderWay <= UNDER_WAY_BYTES_MAX / 2 && gate.open(ReadGate.Reason.APPENDING)) {
            onGateOpen.run();
        }
    }
}
