package io.sluice.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadersRoutingTest {
    private static final String HEADERS = "amq.headers";

    @Test
    void allMustBeThereUnlessOneIsEnough() {
        assertThat(met(Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "2", "c", "3"))).isTrue();
        assertThat(met(Map.of("a", "1", "b", "2"), Map.of("a", "1"))).isFalse();
        assertThat(met(Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "3"))).isFalse();
        assertThat(met(Map.of("x-match", "\"all\"", "a", "1"), Map.of("a", "1"))).isTrue();
        assertThat(met(Map.of("x-match", "\"any\"", "a", "1", "b", "2"), Map.of("b", "2")))
                .isTrue();
        assertThat(met(Map.of("x-match", "\"any\"", "a", "1", "b", "2"), Map.of("b", "1")))
                .isFalse();
    }

    @Test
    void valuesOfOtherTypesDiffer() {
        assertThat(met(Map.of("a", "1"), Map.of("a", "\"1\""))).isFalse();
        assertThat(met(Map.of("a", "true"), Map.of("a", "\"true\""))).isFalse();
    }

    @Test
    void headersThatBeginWithXCountOnlyWhenAskedFor() {
        assertThat(met(Map.of("x-a", "1", "b", "2"), Map.of("b", "2"))).isTrue();
        assertThat(met(Map.of("x-match", "\"all-with-x\"", "x-a", "1"), Map.of("x-a", "1")))
                .isTrue();
        assertThat(met(Map.of("x-match", "\"all-with-x\"", "x-a", "1"), Map.of("b", "1")))
                .isFalse();
        assertThat(met(Map.of("x-match", "\"any-with-x\"", "x-a", "1"), Map.of("x-a", "1")))
                .isTrue();
        assertThat(met(Map.of("x-match", "\"any\"", "x-a", "1"), Map.of("x-a", "1"))).isFalse();
    }

    @Test
    void aBindingThatAsksNothingIsMetByAllOfNothingAndByNoneOfIt() {
        assertThat(met(Map.of(), Map.of())).isTrue();
        assertThat(met(Map.of("x-match", "\"any\""), Map.of("a", "1"))).isFalse();
    }

    @Test
    void aNullIsMetByAnyValue() {
        assertThat(met(Map.of("a", "null"), Map.of("a", "7"))).isTrue();
        assertThat(met(Map.of("a", "null"), Map.of("b", "7"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23", "\"some\"", "\"\"", "null", "\"All\""})
    void anyOtherMatchIsRefused(String how) {
        assertThat(HeadersMatch.fault(Map.of("x-match", how))).isPresent();
    }

    @Test
    void theKnownOnesAreNot() {
        for (var how : new String[] {"all", "any", "all-with-x", "any-with-x"}) {
            assertThat(HeadersMatch.fault(Map.of("x-match", '"' + how + '"'))).isEmpty();
        }
        assertThat(HeadersMatch.fault(Map.of())).isEmpty();
    }

    private static boolean met(Map<String, String> arguments, Map<String, String> headers) {
        var table = new RoutingTable().withQueues("q").bind(HEADERS, "", "q", arguments);
        return !table.route(HEADERS, RoutingTable.facts(headers, Map.of()), "any").isEmpty();
    }
}
