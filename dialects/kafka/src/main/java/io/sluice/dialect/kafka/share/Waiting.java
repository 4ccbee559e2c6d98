package io.sluice.dialect.kafka.share;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits at several parts at once. The first that has something ends the others' waits; where two had something in the same moment, what is more than
/// was asked for goes back as if nothing had been.
///
/// Used by the thread that begins it and by those of the parts' shards.
final class Waiting {
    private final Queues queues;
    private final Limits limits;
    private final Consumer<List<Delivery>> found;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger missing;
    private final AtomicReferenceArray<@Nullable Runnable> stops;
    private final AtomicReferenceArray<@Nullable List<Delivery>> answers;

    /// @param found told once, when all parts have answered
    Waiting(Queues queues, Limits limits, int parts, Consumer<List<Delivery>> found) {
        this.queues = queues;
        this.limits = limits;
        this.found = found;
        this.missing = new AtomicInteger(parts);
        this.stops = new AtomicReferenceArray<>(parts);
        this.answers = new AtomicReferenceArray<>(parts);
    }

    void begin(List<QueuePart> parts) {
        for (int index = 0; index < parts.size(); index++) {
            begin(parts.get(index), index);
        }
    }

    private void begin(QueuePart part, int index) {
        // Who begins when it is over asks all the same: whoever waits for the answers counts them.
        long wait = over.get() ? 0 : limits.waitMillis();
        var stop =
                queues.receive(
                        part,
                        limits.after(0, 0, wait),
                        new Reply<>() {
                            @Override
                            public void done(List<Delivery> got) {
                                answered(index, got);
                            }

                            @Override
                            public void refused(BrokerError error) {
                                answered(index, List.of());
                            }
                        });
        stops.set(index, stop);
        if (over.get()) {
            stop.run();
        }
    }

    /// Ends all waits.
    void end() {
        if (over.compareAndSet(false, true)) {
            for (int index = 0; index < stops.length(); index++) {
                var stop = stops.get(index);
                if (stop != null) {
                    stop.run();
                }
            }
        }
    }

    private void answered(int index, List<Delivery> got) {
        answers.set(index, got);
        if (!got.isEmpty()) {
            end();
        }
        if (missing.decrementAndGet() == 0) {
            found.accept(kept());
        }
    }

    private List<Delivery> kept() {
        var kept = new ArrayList<Delivery>();
        long room = limits.recordsMax();
        for (int index = 0; index < answers.length(); index++) {
            var got = answers.get(index);
            assert got != null : "every part has answered";
            for (var delivery : got) {
                room -= Counting.records(delivery);
                if (room >= 0 || kept.isEmpty()) {
                    kept.add(delivery);
                } else {
                    giveBack(delivery);
                }
            }
        }
        return kept;
    }

    private void giveBack(Delivery delivery) {
        queues.settle(
                delivery.part(),
                new Settlement(
                        limits.owner(),
                        new long[] {delivery.firstOffset(), delivery.lastOffset()},
                        Settlement.UNTOUCHED));
    }
}
