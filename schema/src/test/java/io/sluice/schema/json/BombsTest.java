package io.sluice.schema.json;

import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static io.sluice.schema.Texts.compiled;
import static io.sluice.schema.Texts.refusal;
import static io.sluice.schema.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Schemas and values that want to be the last ones.
final class BombsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aPatternThatBacktracksForYearsElsewhereIsDoneAtOnce() {
        assertThat(soon("{\"pattern\": \"^(a+)+$\"}", "\"" + "a".repeat(50_000) + "!\""))
                .isPresent();
        assertThat(soon("{\"pattern\": \"(.*a){12}$\"}", "\"" + "a".repeat(5_000) + "!\""))
                .isPresent();
    }

    @Test
    void aPatternThatTakesTooLongOnALongTextIsAProblemThatSaysSo() {
        assertThat(soon("{\"pattern\": \"(a?){1000}b\"}", "\"" + "a".repeat(200_000) + "\""))
                .contains("the schema's patterns take too long on this value");
    }

    @Test
    void aPatternOnManyNamesTakesNoLongerThanOnOne() {
        var names = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++) {
            names.append(i == 0 ? "" : ",").append("\"name").append(i).append("\":0");
        }
        assertThat(
                        soon(
                                "{\"patternProperties\": {\"(x?){200}y\": true}}",
                                names.append("}").toString()))
                .contains("the schema's patterns take too long on this value");
    }

    @Test
    void aPatternThatIsLargerThanItLooksIsRefused() {
        assertThat(refusal(JSON, "{\"pattern\": \"((((a{100}){100}){100}){100})\"}"))
                .contains("too large");
        assertThat(
                        refusal(
                                JSON,
                                "{\"pattern\": \"" + "(".repeat(5_000) + ")".repeat(5_000) + "\"}"))
                .contains("deeper");
    }

    @Test
    void aPatternThatLooksBackOrAheadIsRefused() {
        assertThat(refusal(JSON, "{\"pattern\": \"(?=a)b\"}")).contains("pattern");
        assertThat(refusal(JSON, "{\"pattern\": \"(a)\\\\1\"}")).contains("pattern");
        assertThat(refusal(JSON, "{\"patternProperties\": {\"(?!a)b\": {}}}")).contains("pattern");
    }

    @Test
    void aSchemaThatIsItselfComesToAnEnd() {
        assertThat(soon("{\"$ref\": \"#\"}", "1")).isPresent();
        assertThat(
                        soon(
                                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"},"
                                        + " \"b\": {\"$ref\": \"#/$defs/a\"}}}",
                                "1"))
                .isPresent();
    }

    @Test
    void aSchemaThatDoublesAtEveryStepComesToAnEnd() {
        var schema = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
        for (int i = 0; i < 40; i++) {
            schema.append(
                    "\"a%d\": {\"allOf\": [{\"$ref\": \"#/$defs/a%d\"}, {\"$ref\": \"#/$defs/a%d\"}]},"
                            .formatted(i, i + 1, i + 1));
        }
        schema.append("\"a40\": true}}");
        assertThat(soon(schema.toString(), "1"))
                .contains("the schema takes too many steps on this value");
    }

    @Test
    void schemasThatDoubleAtEveryStepAreComparedInTime() {
        var schema = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
        for (int i = 0; i < 40; i++) {
            schema.append(
                    "\"a%d\": {\"anyOf\": [{\"items\": {\"$ref\": \"#/$defs/a%d\"}}, {\"items\": {\"$ref\": \"#/$defs/a%d\"}}]},"
                            .formatted(i, i + 1, i + 1));
        }
        var reader = compiled(JSON, schema + "\"a40\": {\"type\": \"integer\"}}}");
        var writer = compiled(JSON, schema + "\"a40\": {\"type\": \"string\"}}}");
        assertThat(assertTimeoutPreemptively(SOON, () -> reader.cannotRead(writer))).isNotEmpty();
    }

    @Test
    void aValueThatIsNestedTooDeepIsAProblem() {
        assertThat(soon("true", "[".repeat(100_000) + "]".repeat(100_000))).isPresent();
        assertThat(refusal(JSON, "{\"not\":".repeat(50_000) + "{}" + "}".repeat(50_000)))
                .contains("not JSON");
    }

    @Test
    void manyItemsOfOneHashAreToldApartInTime() {
        var items = new StringBuilder("[");
        for (int i = 0; i < 1 << 16; i++) {
            items.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 16; bit++) {
                items.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            items.append('"');
        }
        assertThat(soon("{\"uniqueItems\": true}", items.append(']').toString())).isEmpty();
    }

    @Test
    void aNumberWithAThousandMillionDigitsIsDividedByNobody() {
        assertThat(soon("{\"multipleOf\": 0.0000001}", "1e999999999")).isPresent();
        assertThat(soon("{\"multipleOf\": 7}", "1e300")).isPresent();
        assertThat(soon("{\"minimum\": 7, \"uniqueItems\": true}", "[1e-999999999, 1e999999999]"))
                .isNotNull();
        assertThat(soon("{\"type\": \"integer\"}", "9".repeat(100_000))).isPresent();
    }

    private static Optional<String> soon(String schema, String value) {
        return assertTimeoutPreemptively(SOON, () -> compiled(JSON, schema).problem(utf8(value)));
    }
}
