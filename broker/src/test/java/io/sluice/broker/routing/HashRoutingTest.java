package io.sluice.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HashRoutingTest {
    private static final int MESSAGES = 20_000;

    @Test
    void everyMessageReachesOneQueueAndEveryQueueItsShare() {
        var table = table(Map.of()).bind("h", "1", "a").bind("h", "2", "b").bind("h", "7", "c");
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < MESSAGES; i++) {
            var reached = table.route("h", "key" + i);
            assertThat(reached).hasSize(1);
            counts.merge(reached.getFirst(), 1, Integer::sum);
        }
        assertThat(counts.get("a")).isCloseTo(MESSAGES / 10, within(MESSAGES / 100));
        assertThat(counts.get("b")).isCloseTo(2 * MESSAGES / 10, within(MESSAGES / 100));
        assertThat(counts.get("c")).isCloseTo(7 * MESSAGES / 10, within(MESSAGES / 100));
    }

    @Test
    void theOrderOfBindingDoesNotMatter() {
        var one = table(Map.of()).bind("h", "1", "a").bind("h", "2", "b").bind("h", "3", "c");
        var other = table(Map.of()).bind("h", "3", "c").bind("h", "1", "a").bind("h", "2", "b");
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.route("h", "key" + i)).isEqualTo(other.route("h", "key" + i));
        }
    }

    /// So that nothing moves between versions: these are for ever.
    @Test
    void theSameKeyGoesTheSameWayInEveryVersion() {
        var table = table(Map.of()).bind("h", "1", "a").bind("h", "1", "b").bind("h", "1", "c");
        assertThat(
                        List.of("k1", "k2", "k3", "k4", "k5", "k6").stream()
                                .map(key -> table.route("h", key).getFirst())
                                .toList())
                .containsExactly("c", "a", "b", "c", "a", "a");
    }

    @Test
    void aBindingThatGoesMovesOnlyItsOwnMessages() {
        var table = table(Map.of()).bind("h", "1", "a").bind("h", "1", "b").bind("h", "1", "c");
        var before = new HashMap<String, List<String>>();
        for (int i = 0; i < 1_000; i++) {
            before.put("key" + i, table.route("h", "key" + i));
        }
        table.unbind("h", "1", "b");
        before.forEach(
                (key, reached) -> {
                    if (!reached.equals(List.of("b"))) {
                        assertThat(table.route("h", key)).isEqualTo(reached);
                    }
                });
    }

    @Test
    void aHeaderOrAPropertyMayDecideInPlaceOfTheKey() {
        var byHeader = table(Map.of("hash-header", "\"customer\""));
        var byProperty = table(Map.of("hash-property", "\"message_id\""));
        for (var table : List.of(byHeader, byProperty)) {
            table.bind("h", "1", "a").bind("h", "1", "b").bind("h", "1", "c");
        }
        var ways = new HashMap<List<String>, Integer>();
        for (int i = 0; i < 100; i++) {
            var header = RoutingTable.facts(Map.of("customer", "\"" + i + "\""), Map.of());
            var property = RoutingTable.facts(Map.of(), Map.of("message_id", "m" + i));
            var reached = byHeader.route("h", header, "k");
            assertThat(byHeader.route("h", header, "other")).isEqualTo(reached);
            ways.merge(reached, 1, Integer::sum);
            assertThat(byProperty.route("h", property, "k"))
                    .isEqualTo(byProperty.route("h", property, "other"));
        }
        assertThat(ways).hasSize(3);
        assertThat(byHeader.route("h", "k")).as("without the header").hasSize(1);
    }

    @Test
    void aWeightIsAPositiveNumber() {
        assertThat(HashTable.fault("1")).isEmpty();
        assertThat(HashTable.fault("x")).contains("The binding key must be an integer: \"x\"");
        assertThat(HashTable.fault("")).isPresent();
        assertThat(HashTable.fault("0")).contains("The binding key must be greater than 0");
        assertThat(HashTable.fault("-1")).isPresent();
    }

    private static RoutingTable table(Map<String, String> arguments) {
        return new RoutingTable()
                .withQueues("a", "b", "c")
                .exchange("h", ExchangeType.CONSISTENT_HASH, arguments);
    }
}
