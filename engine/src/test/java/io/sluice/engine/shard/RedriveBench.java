package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrives;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Dead letters that a task is to move, and the words that tests of it speak in.
abstract class RedriveBench {
    Bench bench = new Bench();
    QueueBench queues = new QueueBench(bench);
    QueuePart dead = queues.declare("dead", Map.of());
    QueuePart source = queues.declareDying("source", Map.of());
    private int tasks;

    /// Another scene like the first.
    void anew() {
        bench = new Bench();
        queues = new QueueBench(bench);
        dead = queues.declare("dead", Map.of());
        source = queues.declareDying("source", Map.of());
    }

    static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
    }

    Redrive containing(String text) {
        return lenient(
                Optional.empty(), 0, 0, new LetterFilter("", "", "", -1, -1, "", "", "", text));
    }

    Redrive lenient(Optional<String> to, int perSecond, long max, LetterFilter filter) {
        return new Redrive("task " + ++tasks, to, perSecond, 0, 0, max, false, false, filter);
    }

    void die(String... bodies) {
        die(source, bodies);
    }

    void die(QueuePart queue, String... bodies) {
        long before = queues.status(dead).ready();
        queues.publish(queue, bodies);
        reject(queue, bodies.length);
        assertThat(queues.status(dead).ready()).isEqualTo(before + bodies.length);
    }

    void reject(QueuePart queue, int count) {
        for (int i = 0; i < count; i++) {
            var got = queues.get(queue, false).orElseThrow().delivery();
            bench.broker
                    .queues()
                    .settle(
                            queue,
                            new Settlement(
                                    1,
                                    new long[] {got.firstOffset(), got.firstOffset()},
                                    Settlement.REJECTED));
        }
        bench.pass(1_000);
    }

    /// Starts it on what `dead` holds.
    void start(Redrive redrive) {
        change(Redrives.start(queue(), redrive));
    }

    void change(CatalogChange change) {
        Answered<Catalog> reply = bench.change(change);
        bench.quiet();
        reply.value();
    }

    /// The one that is moved from.
    Queue queue() {
        return bench.broker.catalog().queue(dead.queue()).orElseThrow();
    }

    Redrive running() {
        return Redrives.running(queue()).orElseThrow();
    }

    /// How the last task ended; none may be running.
    Ended ended() {
        assertThat(Redrives.running(queue())).isEmpty();
        return Redrives.ended(queue()).getFirst();
    }

    QueueReport report(QueuePart queue) {
        var reply = new Answered<QueueReport>();
        bench.broker.queues().report(queue, reply);
        bench.quiet();
        return reply.value();
    }
}
