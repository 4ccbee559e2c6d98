package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.List;

/// What a channel settles in one turn, gathered per part and outcome.
final class Settlements {
    private final Queues queues;
    private final long owner;
    private final List<Gathered> gathered = new ArrayList<>();

    private record Gathered(QueuePart part, Settlement.Outcome outcome, OffsetRanges offsets) {}

    Settlements(Queues queues, long owner) {
        this.queues = queues;
        this.owner = owner;
    }

    void add(QueuePart part, Settlement.Outcome outcome, long offset) {
        ranges(part, outcome).add(offset);
    }

    void add(QueuePart part, Settlement.Outcome outcome, long first, long last) {
        ranges(part, outcome).add(first, last);
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    void flush() {
        for (var one : gathered) {
            queues.settle(one.part, settlement(one));
        }
        gathered.clear();
    }

    /// As [#flush]; `then` follows when all of it is durable.
    void flush(Inbox inbox, Runnable then) {
        var all = List.copyOf(gathered);
        gathered.clear();
        var left = new Countdown(all.size(), then);
        for (var one : all) {
            queues.settle(
                    one.part,
                    settlement(one),
                    new Ask<Integer>(inbox, _ -> left.run(), _ -> left.run()));
        }
    }

    private Settlement settlement(Gathered one) {
        return new Settlement(owner, one.offsets.take(), one.outcome);
    }

    private OffsetRanges ranges(QueuePart part, Settlement.Outcome outcome) {
        for (var one : gathered) {
            if (one.outcome.equals(outcome) && one.part.equals(part)) {
                return one.offsets;
            }
        }
        var fresh = new Gathered(part, outcome, new OffsetRanges());
        gathered.add(fresh);
        return fresh.offsets;
    }
}
