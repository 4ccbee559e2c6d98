package io.sluice.engine.shard;

import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueStatus;
import java.util.ArrayList;
import java.util.List;

/// Tells what a queue's part holds, and what it has been through. Owned by its shard's loop.
final class Reporting {
    /// Within which times waiting messages are counted.
    private static final long[] WITHIN_MILLIS = {
        1_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000, Long.MAX_VALUE
    };

    private Reporting() {}

    static QueueStatus status(HostedQueue queue) {
        var settings = queue.settings();
        var counts = queue.counts();
        var consumers = queue.consumers();
        return new QueueStatus(
                queue.ready(),
                queue.state().leases().size(),
                queue.state().delayedCount(),
                settings.bytesMax() >= 0 ? queue.readyBytes().bytes() : aboutReadyBytes(queue),
                counts.published,
                counts.delivered,
                counts.acknowledged,
                counts.redelivered,
                consumers.isEmpty() ? counts.idleSinceMillis : 0,
                consumers.subscribers(settings.singleActiveConsumer()));
    }

    private static long aboutReadyBytes(HostedQueue queue) {
        var stored = queue.partition().partition().status();
        long offsets = stored.highWatermark() - stored.startOffset();
        return offsets <= 0 ? 0 : (long) (stored.bytes() * ((double) queue.ready() / offsets));
    }

    static QueueReport report(HostedQueue queue, long nowMillis) {
        long nextDue = queue.state().nextDueMillis();
        return new QueueReport(
                status(queue),
                oldestReadyMillis(queue),
                nextDue == Long.MAX_VALUE ? 0 : nextDue,
                waits(queue, nowMillis),
                queue.counts().failures,
                queue.counts().dead(),
                QueueBreaker.view(queue, nowMillis));
    }

    private static long oldestReadyMillis(HostedQueue queue) {
        queue.passHoles();
        if (!queue.state().find(queue.highWatermark())) {
            return 0;
        }
        long first = queue.state().foundFirst();
        return queue.reader().seek(first) && queue.reader().offset() <= queue.state().foundLast()
                ? queue.reader().at().timestamp()
                : 0;
    }

    private static List<QueueReport.Waits> waits(HostedQueue queue, long nowMillis) {
        var counts = queue.state().waits(nowMillis, WITHIN_MILLIS);
        var waits = new ArrayList<QueueReport.Waits>();
        for (int i = 0; i < counts.length; i++) {
            waits.add(new QueueReport.Waits(WITHIN_MILLIS[i], counts[i]));
        }
        return waits;
    }
}
