package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Queues with breakers, and the words that tests of them speak in.
abstract class BreakerBench {
    static final long OPEN = 30_000;

    final Bench bench = new Bench();
    final QueueBench queues = new QueueBench(bench);
    final QueuePart dead = queues.declare("dead", Map.of());

    /// Publishes two messages, at which two consumers fail.
    void open(QueuePart queue) {
        queues.publish(queue, "0", "1");
        var client = queues.consume(queue, 0);
        client.cancel();
        client.settle(Settlement.RETURNED, 0, 1);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
    }

    QueuePart breaking(String... settings) {
        return breaking("q", Map.of(), settings);
    }

    QueuePart breaking(String name, Map<String, String> arguments, String... settings) {
        var all = settings("failure.percent", "60", "minimum.calls", "2");
        all.putAll(settings(settings));
        all.putAll(arguments);
        return queues.declareDying(name, all);
    }

    static Map<String, String> settings(String... settings) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("x-sluice-breaker-" + settings[i].replace('.', '-'), settings[i + 1]);
        }
        return all;
    }

    BreakerView look(QueuePart queue) {
        return wish(queue, Wish.LOOK);
    }

    BreakerView wish(QueuePart queue, Wish wish) {
        var reply = new Answered<BreakerView>();
        bench.broker.queues().breaker(queue, wish, reply);
        bench.quiet();
        return reply.value();
    }

    List<String> deadLetters() {
        bench.pass(10);
        return queues.drain(dead);
    }

    static List<String> bodies(Client... clients) {
        var bodies = new ArrayList<String>();
        for (var client : clients) {
            bodies.addAll(client.bodies());
        }
        return bodies;
    }

    /// Whoever has it settles it.
    static void accept(long offset, Client... clients) {
        for (var client : clients) {
            boolean has =
                    client.deliveries.stream()
                            .flatMapToLong(
                                    one ->
                                            LongStream.rangeClosed(
                                                    one.firstOffset(), one.lastOffset()))
                            .anyMatch(one -> one == offset);
            if (has) {
                client.settle(Settlement.ACCEPTED, offset);
            }
        }
    }
}
