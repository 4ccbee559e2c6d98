package io.sluice.admin.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void whatWasReadIsWrittenAgain() {
        var text =
                "{\"a\":1,\"b\":[true,false,null,-1.50,1e3],\"c\":{\"d\":\"x\\\"\\\\y\"},\"ü\":\"€😀\"}";
        assertThat(JsonReader.read(text).orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void controlCharactersAreEscapedInTheOneWayOfThePort() {
        assertThat(Json.of("a\nb\u0000").text()).isEqualTo("\"a\\u000ab\\u0000\"");
    }

    @Test
    void whatIsNoJsonIsNothing() {
        for (var text : new String[] {"", "{", "{bad", "[1,", "1 2", "{}x", "nul", "\"", "]"}) {
            assertThat(JsonReader.read(text)).as(text).isEmpty();
        }
    }

    @Test
    void nestingIsBounded() {
        assertThat(JsonReader.read("[".repeat(60) + "]".repeat(60))).isPresent();
        assertThat(JsonReader.read("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
    }

    @Test
    void aNumberThatIsNotFiniteIsZero() {
        assertThat(Json.of(Double.NaN).text()).isEqualTo("0.0");
    }
}
