package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.QueueReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Tells what a queue's part has been through. Owned by its shard's loop.
final class Reporting {
    /// Within which times waiting messages are counted.
    private static final long[] WITHIN_MILLIS = {
        1_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000, Long.MAX_VALUE
    };

    private Reporting() {}

    static QueueReport report(HostedQueue queue, long nowMillis) {
        long nextDue = queue.state().nextDueMillis();
        return new QueueReport(
                queue.status(),
                oldestReadyMillis(queue),
                nextDue == Long.MAX_VALUE ? 0 : nextDue,
                waits(queue, nowMillis),
                queue.counts().failures,
                dead(queue.counts()),
                QueueBreaker.view(queue, nowMillis));
    }

    private static Map<Reason, Long> dead(QueueCounts counts) {
        var dead = new EnumMap<Reason, Long>(Reason.class);
        for (var reason : Reason.values()) {
            if (counts.dead[reason.code()] > 0) {
                dead.put(reason, counts.dead[reason.code()]);
            }
        }
        return dead;
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
