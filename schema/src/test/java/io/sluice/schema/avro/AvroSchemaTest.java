package io.sluice.schema.avro;

import static io.sluice.broker.policy.SchemaPolicy.Type.AVRO;
import static io.sluice.schema.Texts.bytes;
import static io.sluice.schema.Texts.compiled;
import static io.sluice.schema.Texts.reads;
import static io.sluice.schema.Texts.refusal;
import static io.sluice.schema.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.base.Varint;
import io.sluice.schema.SchemaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AvroSchemaTest {
    private static final String PAYMENT =
            """
            {"type": "record", "name": "Payment", "namespace": "shop", "fields": [
              {"name": "id", "type": "long"},
              {"name": "note", "type": ["null", "string"]},
              {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}},
              {"name": "amounts", "type": {"type": "array", "items": "double"}},
              {"name": "tags", "type": {"type": "map", "values": "int"}},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
              {"name": "paid", "type": "boolean"},
              {"name": "next", "type": ["null", "Payment"]}]}""";

    @Test
    void whatAvrosOwnWriterWritesFits() throws IOException {
        assertThat(compiled(AVRO, PAYMENT).framedProblem(written(payment(payment(null)))))
                .isEmpty();
    }

    @Test
    void everyShorterTextAndEveryLongerOneIsAProblem() throws IOException {
        var schema = compiled(AVRO, PAYMENT);
        var whole = written(payment(null));
        for (int length = 0; length < whole.remaining(); length++) {
            assertThat(schema.framedProblem(whole.slice(0, length))).as("%d", length).isPresent();
        }
        var longer = ByteBuffer.allocate(whole.remaining() + 1).put(whole.duplicate()).rewind();
        assertThat(schema.framedProblem(longer))
                .contains("as Avro's binary: 1 bytes behind the value");
    }

    @Test
    void aProblemSaysInWhichField() throws IOException {
        var bytes = written(payment(null));
        // The second field's branch.
        bytes.put(1, (byte) 8);
        assertThat(compiled(AVRO, PAYMENT).framedProblem(bytes))
                .contains("as Avro's binary: /note: branch 4 of 2");
    }

    @Test
    void aValueThatNamesNoSchemaMayBeJson() {
        var schema = compiled(AVRO, PAYMENT);
        var json =
                "{\"id\": 7, \"note\": {\"string\": \"x\"}, \"state\": \"NEW\", \"amounts\": [1.5],"
                        + " \"tags\": {\"a\": 1}, \"hash\": \"\\u0000\\u00ffab\", \"paid\": true, \"next\": %s}";
        assertThat(schema.problem(utf8(json.formatted("null")))).isEmpty();
        assertThat(schema.framedProblem(utf8(json.formatted("null")))).isPresent();
        assertThat(schema.problem(utf8(json.formatted("5"))))
                .contains("as Avro's JSON: /next: names no branch of the union");
        assertThat(schema.problem(utf8(json.formatted("null").replace("7", "\"7\""))))
                .contains("as Avro's JSON: /id: must be a long, not STRING");
        assertThat(schema.problem(utf8(json.formatted("null").replace("paid", "payed"))))
                .contains("as Avro's JSON: /paid: is missing");
    }

    @Test
    void whatIsNoneOfItsTypeIsAProblem() {
        assertThat(compiled(AVRO, "\"boolean\"").framedProblem(bytes(1))).isEmpty();
        assertThat(compiled(AVRO, "\"boolean\"").framedProblem(bytes(2))).isPresent();
        assertThat(compiled(AVRO, "\"int\"").framedProblem(number(Integer.MIN_VALUE))).isEmpty();
        assertThat(compiled(AVRO, "\"int\"").framedProblem(number(1L << 31))).isPresent();
        assertThat(compiled(AVRO, "\"long\"").framedProblem(number(Long.MIN_VALUE))).isEmpty();
        assertThat(
                        compiled(AVRO, "\"long\"")
                                .framedProblem(
                                        bytes(
                                                0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                                0x80, 0x80, 0)))
                .isPresent();
        var symbols =
                compiled(
                        AVRO, "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}");
        assertThat(symbols.framedProblem(number(1))).isEmpty();
        assertThat(symbols.framedProblem(number(2))).isPresent();
        assertThat(symbols.framedProblem(number(-1))).isPresent();
        assertThat(compiled(AVRO, "\"string\"").framedProblem(bytes(2, 0xFF))).isPresent();
        assertThat(compiled(AVRO, "\"bytes\"").framedProblem(bytes(2, 0xFF))).isEmpty();
    }

    @Test
    void aBlockMaySayHowLargeItIsAndAMapHasItsKeys() {
        var array = compiled(AVRO, "{\"type\": \"array\", \"items\": \"int\"}");
        assertThat(array.framedProblem(bytes(1, 2, 4, 0))).isEmpty();
        assertThat(array.framedProblem(bytes(1, 20, 4, 0))).isPresent();
        var map = compiled(AVRO, "{\"type\": \"map\", \"values\": \"int\"}");
        assertThat(map.framedProblem(bytes(2, 2, 'a', 4, 0))).isEmpty();
        assertThat(map.framedProblem(bytes(2, 2, 0xFF, 4, 0))).isPresent();
    }

    @Test
    void manyPartsInFewBytesComeToAnEnd() {
        var nested =
                compiled(
                        AVRO,
                        "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"null\"}}");
        var value = ByteBuffer.allocate(10_000);
        Varint.write(2_000, value);
        for (int i = 0; i < 2_000; i++) {
            Varint.write(1_000, value);
            value.put((byte) 0);
        }
        assertThat(nested.framedProblem(value.put((byte) 0).flip()).orElse(""))
                .contains("more than 1000000 parts");
    }

    @Test
    void inJsonTooEveryTypeIsLookedAt() {
        var record =
                compiled(
                        AVRO,
                        """
                        {"type": "record", "name": "R", "fields": [
                          {"name": "i", "type": "int"},
                          {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"]}},
                          {"name": "f", "type": {"type": "fixed", "name": "F", "size": 2}},
                          {"name": "b", "type": "bytes"}]}""");
        var json = "{\"i\": 1, \"e\": \"A\", \"f\": \"ab\", \"b\": \"\\u00ff\"}";
        assertThat(record.problem(utf8(json))).isEmpty();
        assertThat(record.problem(utf8(json.replace("1", "2147483648")))).isPresent();
        assertThat(record.problem(utf8(json.replace("1", "1.5")))).isPresent();
        assertThat(record.problem(utf8(json.replace("A", "B")))).isPresent();
        assertThat(record.problem(utf8(json.replace("ab", "abc")))).isPresent();
        assertThat(record.problem(utf8(json.replace("00ff", "0100")))).isPresent();
        assertThat(record.problem(utf8(json.replace("}", ", \"more\": 1}"))).orElse(""))
                .contains("/more: no such field");
    }

    private static ByteBuffer number(long value) {
        var bytes = ByteBuffer.allocate(Varint.MAX_BYTES);
        Varint.write(value, bytes);
        return bytes.flip();
    }

    @Test
    void lengthsThatAreOnlyClaimedCostNothing() {
        assertThat(compiled(AVRO, "\"bytes\"").framedProblem(claim(Integer.MAX_VALUE))).isPresent();
        assertThat(compiled(AVRO, "\"string\"").framedProblem(claim(Long.MAX_VALUE))).isPresent();
        assertThat(compiled(AVRO, "\"string\"").framedProblem(claim(-1))).isPresent();
        var nulls = compiled(AVRO, "{\"type\": \"array\", \"items\": \"null\"}");
        assertThat(nulls.framedProblem(claim(Long.MAX_VALUE))).isPresent();
        assertThat(nulls.framedProblem(claim(Long.MIN_VALUE))).isPresent();
        assertThat(nulls.framedProblem(bytes(4, 0))).isEmpty();
    }

    @Test
    void aRecordThatHoldsItselfComesToAnEnd() {
        var endless =
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"a\", \"type\": \"A\"}]}";
        assertThat(compiled(AVRO, endless).framedProblem(bytes()))
                .get()
                .asString()
                .contains("deeper");
        var fan =
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"a\", \"type\":"
                        + " {\"type\": \"array\", \"items\": [\"null\", \"A\"]}}]}";
        assertThat(compiled(AVRO, fan).framedProblem(bytes(2, 2, 2, 0, 0, 0))).isEmpty();
        assertThat(compiled(AVRO, fan).framedProblem(bytes(2, 2, 2, 0, 0))).isPresent();
    }

    @Test
    void anyBytesAreAnsweredAndNeverThrow() {
        var schema = compiled(AVRO, PAYMENT);
        Rng.run(
                4711,
                random -> {
                    for (int i = 0; i < 5_000; i++) {
                        var value = ByteBuffer.wrap(random.bytes(random.below(40)));
                        assertThat(schema.problem(value)).isNotNull();
                        assertThat(value.position()).isZero();
                    }
                });
    }

    @Test
    void aTextThatIsNoSchemaIsRefused() {
        assertThat(refusal(AVRO, "{\"type\": \"recor\"}")).contains("not an Avro schema");
        assertThat(refusal(AVRO, "{")).contains("not an Avro schema");
        assertThat(refusal(AVRO, "{\"type\":".repeat(10_000) + "\"int\"" + "}".repeat(10_000)))
                .contains("not an Avro schema");
        assertThat(
                        refusal(
                                AVRO,
                                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"b\", \"type\": \"B\"}]}"))
                .contains("B");
    }

    @Test
    void aReferenceBringsItsTypes() {
        var b =
                "{\"type\": \"record\", \"name\": \"B\", \"fields\": [{\"name\": \"i\", \"type\": \"int\"}]}";
        var a =
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"b\", \"type\": \"B\"}]}";
        var schema =
                compiled(new SchemaSource(AVRO, a, List.of(new SchemaSource.Reference("B", b))));
        assertThat(schema.framedProblem(bytes(2))).isEmpty();
        assertThat(schema.framedProblem(bytes())).isPresent();
    }

    @Test
    void aFieldWithADefaultMayComeAndOneWithoutMayNot() {
        var record =
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}%s]}";
        var before = compiled(AVRO, record.formatted(""));
        var withDefault =
                compiled(
                        AVRO,
                        record.formatted(", {\"name\": \"b\", \"type\": \"int\", \"default\": 0}"));
        var without = compiled(AVRO, record.formatted(", {\"name\": \"b\", \"type\": \"int\"}"));
        assertThat(reads(withDefault, before)).isTrue();
        assertThat(reads(without, before)).isFalse();
        assertThat(without.cannotRead(before)).first().asString().contains("b");
        assertThat(reads(before, without)).isTrue();
    }

    private static ByteBuffer claim(long length) {
        var number = ByteBuffer.allocate(20);
        Varint.write(length, number);
        return number.put(new byte[] {1, 2, 3}).flip();
    }

    private static GenericData.Record payment(GenericData.@Nullable Record next) {
        var schema = new Schema.Parser().parse(PAYMENT);
        var payment = new GenericData.Record(schema);
        payment.put("id", 7L);
        payment.put("note", "rent");
        payment.put("state", new GenericData.EnumSymbol(schema.getField("state").schema(), "PAID"));
        payment.put("amounts", List.of(1.5, 2.5));
        payment.put("tags", Map.of("a", 1));
        payment.put(
                "hash",
                new GenericData.Fixed(schema.getField("hash").schema(), new byte[] {1, 2, 3, 4}));
        payment.put("paid", true);
        payment.put("next", next);
        return payment;
    }

    private static ByteBuffer written(GenericData.Record record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return ByteBuffer.wrap(out.toByteArray());
    }
}
