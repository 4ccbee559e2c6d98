package io.sluice.engine.shard;

import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Peeked.Seen;
import io.sluice.engine.queue.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/// Shows messages of a queue. It reads by itself, so that what the queue keeps near its head stays as it is. Owned by its shard's loop, used once.
final class Peeking {
    private final HostedQueue queue;
    private final Peek peek;
    private final QueueReader reader;
    private final NavigableMap<Long, Standing> standings;
    private final List<Seen> seen = new ArrayList<>();

    private Peeking(HostedQueue queue, Peek peek) {
        this.queue = queue;
        this.peek = peek;
        this.reader = new QueueReader(queue.partition(), new NearBudget(0));
        this.standings =
                queue.state().standings(peek.from(), peek.messagesMax(), queue.highWatermark());
    }

    static Peeked look(HostedQueue queue, Peek peek) {
        return new Peeked(Reporting.status(queue), new Peeking(queue, peek).messages());
    }

    private List<Seen> messages() {
        long bytes = 0;
        long next = first(peek.from());
        while (next < Long.MAX_VALUE
                && seen.size() < peek.messagesMax()
                && (seen.isEmpty() || bytes < peek.bytesMax())) {
            if (!reader.seek(next)) {
                // Behind the last one, or not to be read: others may be.
                next = standingAt(next + 1);
            } else if (reader.offset() > next) {
                next = first(reader.offset());
            } else {
                bytes += reader.bodyBytes();
                show(standings.getOrDefault(next, Standing.FRESH));
                next = first(next + 1);
            }
        }
        return seen;
    }

    private void show(Standing standing) {
        seen.add(
                new Seen(
                        standing.state(),
                        reader.offset(),
                        standing.handedOut(),
                        standing.untilMillis(),
                        reader.batch().bytes(),
                        reader.at().position()));
    }

    /// The first offset from `from` on at which a message of the queue may be; `Long.MAX_VALUE` when there is none.
    private long first(long from) {
        return Math.min(standingAt(from), freshAt(from));
    }

    private long standingAt(long from) {
        var offset = standings.ceilingKey(from);
        return offset == null ? Long.MAX_VALUE : offset;
    }

    private long freshAt(long from) {
        var state = queue.state();
        long offset = Math.max(from, state.fresh());
        return state.hasPriorities() || offset >= queue.highWatermark() ? Long.MAX_VALUE : offset;
    }
}
