package io.sluice.simulation.queue;

import io.sluice.broker.Broker;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.Redrives;
import io.sluice.simulation.broker.Told;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Somebody who moves dead letters of one queue elsewhere: all or some, fast or slowly, and changes his mind in the middle.
final class SimulatedRedriver {
    private final String from;
    private final String to;
    private final String source;
    private long tasks;

    /// @param from holds the letters of several queues
    /// @param source the queue whose letters he wants
    SimulatedRedriver(String from, String to, String source) {
        this.from = from;
        this.to = to;
        this.source = source;
    }

    /// Does one of the things that he may do now.
    void act(Broker broker, RandomGenerator random, long nowMillis) {
        var queue = queue(broker);
        var running = Redrives.running(queue);
        if (running.isEmpty()) {
            int perSecond = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
            long max = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
            change(broker, Redrives.start(queue, task(perSecond, max, nowMillis)));
        } else if (random.nextInt(6) == 0) {
            cancel(broker, nowMillis);
        } else {
            change(broker, Redrives.pause(queue, running.get(), !running.get().paused()));
        }
    }

    void cancel(Broker broker, long nowMillis) {
        var queue = queue(broker);
        Redrives.running(queue)
                .ifPresent(
                        task ->
                                change(
                                        broker,
                                        Redrives.end(
                                                queue,
                                                new Ended(
                                                        task,
                                                        Status.CANCELLED,
                                                        0,
                                                        0,
                                                        0,
                                                        nowMillis,
                                                        Optional.empty()))));
    }

    void moveAll(Broker broker, long nowMillis) {
        change(broker, Redrives.start(queue(broker), task(0, 0, nowMillis)));
    }

    /// How the last one has ended; empty while one runs, or when there never was one.
    Optional<Ended> ended(Broker broker) {
        var queue = queue(broker);
        return Redrives.running(queue).isPresent()
                ? Optional.empty()
                : Redrives.ended(queue).stream().findFirst();
    }

    private Redrive task(int perSecond, long max, long nowMillis) {
        return new Redrive(
                "task " + ++tasks,
                Optional.of(to),
                perSecond,
                nowMillis,
                0,
                max,
                false,
                false,
                LetterFilter.ofSource(source));
    }

    private Queue queue(Broker broker) {
        return broker.catalog().queue(Queue.DEFAULT_NAMESPACE, from).orElseThrow();
    }

    private static void change(Broker broker, CatalogChange change) {
        broker.change(change, new Told<>(_ -> {}, _ -> {}));
    }
}
