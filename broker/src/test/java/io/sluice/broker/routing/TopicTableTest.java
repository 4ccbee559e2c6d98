package io.sluice.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicTableTest {
    private static final String TOPIC = "amq.topic";

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, a.c, false",
        "a.b, a, false",
        "a, a.b, false",
        "*, a, true",
        "*, a.b, false",
        "*, '', false",
        "a.*, a., true",
        "a.*, a, false",
        "#, '', true",
        "#, a.b.c, true",
        "'', '', true",
        "'', a, false",
        "a.#, a, true",
        "a.#, a.b.c, true",
        "a.#, b, false",
        "#.a, a, true",
        "#.a, b.c.a, true",
        "#.a, a.b, false",
        "a.#.b, a.b, true",
        "a.#.b, a.x.y.b, true",
        "a.#.b, a.x.y, false",
        "#.#, '', true",
        "a.#.#, a, true",
        "#.*, '', false",
        "#.*, a, true",
        "*.#, a.b, true",
        "*.#, '', false",
        "#.a.#, x.a.y, true",
        "#.a.#, x.y, false",
        "a..b, a..b, true",
        "a.*.b, a..b, true",
        "a.b, a..b, false",
        "'.', '.', true",
        "*.*, '.', true",
    })
    void aPatternIsMetOrNot(String pattern, String key, boolean met) {
        var table = new RoutingTable().queues("q").bind(TOPIC, pattern, "q");
        assertThat(table.route(TOPIC, key)).hasSize(met ? 1 : 0);
        assertThat(meets(words(pattern), words(key))).as("the naive matcher").isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomPatternsMeetWhatANaiveMatcherSays(long seed) {
        Rng.run(seed, TopicTableTest::randomPatterns);
    }

    private static void randomPatterns(Rng rng) {
        var table = new RoutingTable();
        var queues = new String[20];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = "q" + i;
        }
        table.queues(queues);
        // Pattern and queue, as `pattern|queue`.
        var bound = new TreeMap<String, String[]>();
        for (int step = 0; step < 3_000; step++) {
            var pattern = random(rng, "a", "b", "c", "", "*", "#", "*", "#");
            var queue = queues[rng.below(queues.length)];
            var name = pattern + '|' + queue;
            if (rng.chance(60) && bound.size() < 200) {
                if (bound.put(name, new String[] {pattern, queue}) == null) {
                    table.bind(TOPIC, pattern, queue);
                }
            } else if (!bound.isEmpty()) {
                var from = bound.ceilingKey(name);
                var gone =
                        Objects.requireNonNull(
                                bound.remove(from == null ? bound.firstKey() : from));
                table.unbind(TOPIC, gone[0], gone[1]);
            }
            var key = random(rng, "a", "b", "c", "d", "");
            var expected = new TreeSet<String>();
            for (var binding : bound.values()) {
                if (meets(words(binding[0]), words(key))) {
                    expected.add(binding[1]);
                }
            }
            assertThat(table.route(TOPIC, key))
                    .as("key '%s'", key)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        for (var binding : bound.values()) {
            table.unbind(TOPIC, binding[0], binding[1]);
        }
        var source = Objects.requireNonNull(table.routes().source("/", TOPIC));
        assertThat(((TopicTable) source.table()).isEmpty())
                .as("nothing is left when all bindings are gone")
                .isTrue();
    }

    /// One after the other this would be more ways through the key than atoms in the room.
    @Test
    void manyHashesInAPatternDoNotMakeItSlow() {
        var table = new RoutingTable().queues("q", "r");
        table.bind(TOPIC, "#.a.".repeat(40) + "#.b", "q");
        table.bind(TOPIC, "#.a.*.".repeat(25) + "#.a", "r");
        var key = "a.".repeat(120) + "a";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(table.route(TOPIC, key)).containsExactly("r"));
    }

    private static String random(Rng rng, String... words) {
        var chosen = new ArrayList<String>();
        for (int left = rng.below(6); left > 0; left--) {
            chosen.add(words[rng.below(words.length)]);
        }
        return String.join(".", chosen);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
    }

    private static boolean meets(List<String> pattern, List<String> key) {
        if (pattern.isEmpty()) {
            return key.isEmpty();
        }
        var rest = pattern.subList(1, pattern.size());
        var word = pattern.getFirst();
        if (word.equals("#")) {
            return meets(rest, key)
                    || (!key.isEmpty() && meets(pattern, key.subList(1, key.size())));
        }
        return !key.isEmpty()
                && (word.equals("*") || word.equals(key.getFirst()))
                && meets(rest, key.subList(1, key.size()));
    }
}
