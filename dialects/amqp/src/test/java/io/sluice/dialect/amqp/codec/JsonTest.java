package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Rng;
import io.sluice.dialect.amqp.codec.Value.Width;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void wholeNumbersOfTheSameValueHaveTheSameText() {
        for (var width : Width.values()) {
            assertThat(Json.text(new Value.Whole(width, 60))).isEqualTo("60");
        }
        assertThat(Json.text(new Value.Whole(Width.UINT64, -1))).isEqualTo("18446744073709551615");
        assertThat(Json.text(Value.number(-5))).isEqualTo("-5");
    }

    @Test
    void aFractionNeverLooksLikeAWholeNumber() {
        assertThat(Json.text(new Value.Float64(60000))).isEqualTo("60000.0");
        assertThat(Json.text(new Value.Float32(0.5f))).isEqualTo("0.5");
        assertThat(Json.text(new Value.Float64(Double.NaN))).isEqualTo("{\"$double\":\"NaN\"}");
        assertThat(Json.text(new Value.Decimal(2, 1230))).isEqualTo("12.3");
    }

    @Test
    void textsAreQuotedAndWhatIsNoTextIsBase64() {
        assertThat(Json.text(Value.text("a\"b\\c\n\u00fc")))
                .isEqualTo("\"a\\\"b\\\\c\\u000a\u00fc\"");
        var noText = Octets.of(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0}));
        assertThat(Json.text(new Value.Text(noText))).isEqualTo("{\"$text\":\"/wA=\"}");
        assertThat(Json.text(new Value.Bytes(noText))).isEqualTo("{\"$bytes\":\"/wA=\"}");
    }

    @Test
    void tablesAreOrderedByName() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("b", new Value.Array(List.of(Value.bool(true), new Value.Nothing())));
        fields.put("a", Table.EMPTY);
        assertThat(Json.text(new Table(fields))).isEqualTo("{\"a\":{},\"b\":[true,null]}");
    }

    @Test
    void anApplicationsTableIsNotTakenForOurs() {
        for (var name : List.of("$text", "$bytes", "$double", "$$bytes", "$schema", "$")) {
            var table = Table.of(name, Value.text("NaN"));
            assertThat(Json.value(Json.text(table))).as(name).isEqualTo(table);
        }
    }

    @Test
    void whatIsReadBackHasTheSameText() {
        for (long seed = 1; seed <= 2000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var text = Json.text(Values.value(rng, 4));
                        assertThat(Json.text(Json.value(text))).isEqualTo(text);
                    });
        }
    }

    @Test
    void anyJsonIsRead() {
        assertThat(Json.value(" { \"a\" : [ 1 , 2.5e1, -0 , \"\\u00fc\\n\\/\" ] , \"b\":{}} "))
                .isEqualTo(
                        new Table(
                                Map.of(
                                        "a",
                                        new Value.Array(
                                                List.of(
                                                        Value.number(1),
                                                        new Value.Float64(25),
                                                        Value.number(0),
                                                        Value.text("\u00fc\n/"))),
                                        "b",
                                        Table.EMPTY)));
        assertThat(Json.value("18446744073709551615")).isEqualTo(new Value.Whole(Width.UINT64, -1));
        assertThat(Json.value("18446744073709551616")).isInstanceOf(Value.Float64.class);
    }

    @Test
    void whatIsNoJsonIsRefusedAsThat() {
        for (var text :
                List.of(
                        "",
                        "x",
                        "tru",
                        "{",
                        "[",
                        "[1",
                        "[1,",
                        "{\"a\"",
                        "{\"a\":",
                        "{a:1}",
                        "\"a",
                        "\"\\",
                        "\"\\u12",
                        "\"\\uzzzz\"",
                        "\"\\x\"",
                        "1 2",
                        "+1",
                        "-",
                        "1e",
                        "--1",
                        "{\"$bytes\":\"?\"}",
                        "{\"$double\":\"?\"}",
                        "[".repeat(100))) {
            assertThatThrownBy(() -> Json.value(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void argumentsGoToJsonAndBack() {
        var table =
                new Table(
                        Map.of(
                                "x-message-ttl", Value.number(60000),
                                "x-overflow", Value.text("reject-publish"),
                                "x-single-active-consumer", Value.bool(true)));
        assertThat(table.toJson())
                .isEqualTo(
                        Map.of(
                                "x-message-ttl", "60000",
                                "x-overflow", "\"reject-publish\"",
                                "x-single-active-consumer", "true"));
        assertThat(Table.ofJson(table.toJson())).isEqualTo(table);
    }
}
