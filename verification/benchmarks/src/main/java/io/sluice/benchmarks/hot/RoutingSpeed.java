package io.sluice.benchmarks.hot;

import io.sluice.base.Rng;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.MessageFacts;
import io.sluice.broker.routing.Router;
import io.sluice.engine.catalog.CatalogEntry;
import io.sluice.engine.catalog.CatalogState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The way of a message to its queues, and a binding more, in a catalog of 10,000 queues with 100,000 bindings to a topic exchange and as many to a
/// direct one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingSpeed {
    private static final int QUEUES = 10_000;
    private static final int BINDINGS = 100_000;
    private static final int QUESTIONS = 1 << 14;
    private static final MessageFacts NOTHING =
            new MessageFacts() {
                @Override
                public Map<String, String> headers() {
                    return Map.of();
                }

                @Override
                public Optional<String> property(String name) {
                    return Optional.empty();
                }
            };

    private final CatalogState catalog;
    private final Exchange byDefault;
    private final Exchange direct;
    private final Exchange topic;
    private final String[] queueNames = new String[QUESTIONS];
    private final String[] directKeys = new String[QUESTIONS];
    private final String[] topicKeys = new String[QUESTIONS];
    private int turn;

    public RoutingSpeed() {
        var rng = new Rng(1);
        var state = CatalogState.empty();
        for (int i = 0; i < QUEUES; i++) {
            state = state.apply(new CatalogEntry.QueueDeclared(queue(i)));
        }
        for (int i = 0; i < BINDINGS; i++) {
            state = state.apply(bound("amq.direct", "key." + i, i % QUEUES));
            state = state.apply(bound("amq.topic", pattern(rng), i % QUEUES));
        }
        catalog = state;
        byDefault = state.exchange("/", "").orElseThrow();
        direct = state.exchange("/", "amq.direct").orElseThrow();
        topic = state.exchange("/", "amq.topic").orElseThrow();
        for (int i = 0; i < QUESTIONS; i++) {
            queueNames[i] = "queue-" + rng.below(QUEUES);
            directKeys[i] = "key." + rng.below(BINDINGS);
            topicKeys[i] = words(rng, 0);
        }
    }

    /// The default exchange.
    @Benchmark
    public List<Queue> routeByQueueName() {
        return Router.route(catalog, byDefault, queueNames[next()], NOTHING);
    }

    /// One binding of 100,000 fits.
    @Benchmark
    public List<Queue> routeByKey() {
        return Router.route(catalog, direct, directKeys[next()], NOTHING);
    }

    /// About a dozen patterns of 100,000 fit.
    @Benchmark
    public List<Queue> routeByPattern() {
        return Router.route(catalog, topic, topicKeys[next()], NOTHING);
    }

    /// A new catalog with one binding more.
    @Benchmark
    public CatalogState bindPattern() {
        int number = next();
        return catalog.apply(bound("amq.topic", topicKeys[number], number % QUEUES));
    }

    private int next() {
        turn = turn + 1 & QUESTIONS - 1;
        return turn;
    }

    private static Queue queue(int number) {
        return new Queue(
                new UUID(1, number),
                "/",
                "queue-" + number,
                new UUID(2, number),
                true,
                true,
                false,
                false,
                Map.of(),
                0);
    }

    private static CatalogEntry bound(String exchange, String key, int queue) {
        return new CatalogEntry.Bound(
                new Binding("/", exchange, "queue-" + queue, true, key, Map.of()));
    }

    /// `device.37.region.4.temperature` with a `*` in one of fourteen words' places, and a `#` at the end of as many.
    private static String pattern(Rng rng) {
        return words(rng, 7);
    }

    private static String words(Rng rng, int wildPercent) {
        var words =
                new String[] {
                    "kind" + rng.below(20),
                    "device" + rng.below(1_000),
                    "region" + rng.below(50),
                    "event" + rng.below(20)
                };
        for (int i = 0; i < words.length; i++) {
            if (rng.chance(wildPercent)) {
                words[i] = "*";
            }
        }
        if (rng.chance(wildPercent)) {
            words[words.length - 1] = "#";
        }
        return String.join(".", words);
    }
}
