package io.sluice.admin.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
    @Test
    void equalValuesAreEqualTexts() {
        assertThat(texts("{\"n\":60000,\"o\":{\"b\":1.50,\"a\":[true,\"x\"]}}"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("n", "60000", "o", "{\"a\":[true,\"x\"],\"b\":1.5}"));
    }

    @Test
    void whatIsKeptIsShownAsItWas() {
        var texts = texts("{\"x-max-length\":5,\"x-overflow\":\"drop-head\"}");
        assertThat(Arguments.json(texts).text())
                .isEqualTo("{\"x-max-length\":5,\"x-overflow\":\"drop-head\"}");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> texts("{\"x\":null}")).isInstanceOf(AnsweredException.class);
    }

    private static Map<String, String> texts(String json) {
        return Arguments.texts((JsonObject) JsonReader.read(json).orElseThrow());
    }
}
