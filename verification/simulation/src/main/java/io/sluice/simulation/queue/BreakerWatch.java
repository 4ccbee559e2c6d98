package io.sluice.simulation.queue;

import io.sluice.broker.Broker;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.broker.Told;
import java.util.function.LongSupplier;

/// Somebody who looks at a queue's breaker all the time, and opens and closes it now and then.
final class BreakerWatch {
    private final ModelQueue queue;
    private final Tally tally;
    private final NothingDiesWhileOpen nothingDies = new NothingDiesWhileOpen();
    private boolean waiting;

    BreakerWatch(ModelQueue queue, Tally tally) {
        this.queue = queue;
        this.tally = tally;
    }

    /// One wish at a time: the answer is for the moment at which it comes.
    void wish(Broker broker, Wish wish, LongSupplier now) {
        if (waiting) {
            return;
        }
        waiting = true;
        broker.queues()
                .breaker(
                        queue.part(),
                        wish,
                        new Told<>(
                                view -> {
                                    waiting = false;
                                    // Others are answered when they are durable: it may be another
                                    // state by then.
                                    if (wish == Wish.LOOK) {
                                        saw(view, now.getAsLong());
                                    }
                                },
                                _ -> waiting = false));
    }

    private void saw(BreakerView view, long nowMillis) {
        switch (view.state()) {
            case OPEN, FORCED_OPEN -> {
                tally.open++;
                nothingDies.open(view.sinceMillis(), nowMillis);
            }
            case HALF_OPEN -> {
                tally.halfOpen++;
                try {
                    OneProbeAtATime.check(queue.held.values(), view.sinceMillis(), nowMillis);
                } catch (InvariantBroken broken) {
                    queue.broken = broken;
                }
            }
            case CLOSED -> {}
        }
    }

    /// A dead letter of the queue was found.
    void died(ModelMessage message, long atMillis) {
        nothingDies.died(message, atMillis);
    }

    /// Nobody answers any more.
    void crashed() {
        waiting = false;
    }
}
