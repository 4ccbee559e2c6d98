package io.sluice.dialect.amqp.session;

import io.sluice.broker.Broker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The appends of one connection: all publishes of one turn to one queue become one batch. Owned by the connection's loop.
///
/// Batches leave in the order in which they were begun; within a queue the order is that of the publishes.
final class Publishing {
    /// A batch of this size leaves at once.
    private static final int BATCH_BYTES = 512 * 1024;

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

    void add(
            Target target,
            long nowMillis,
            ByteBuffer body,
            ByteBuffer headers,
            boolean persistent,
            boolean delayed,
            AppendWaiter waiter,
            long number) {
        var batch = target.open;
        if (batch == null) {
            batch = new OpenBatch(this, target, nowMillis);
            target.open = batch;
            open.add(batch);
        }
        batch.add(body, headers, persistent, delayed, waiter, number);
        if (target.takesOneByOne() || batch.bytes() >= BATCH_BYTES) {
            // What was begun earlier leaves earlier: a message may be the last word on others.
            flush();
        }
    }

    /// Appends what has gathered.
    void flush() {
        if (open.isEmpty()) {
            return;
        }
        for (var batch : open) {
            batch.target().open = null;
            var append = batch.close();
            bytesUnderWay += batch.bytes();
            broker.append(append, batch);
        }
        open.clear();
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
