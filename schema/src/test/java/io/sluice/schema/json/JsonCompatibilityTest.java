package io.sluice.schema.json;

import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static io.sluice.schema.Texts.compiled;
import static io.sluice.schema.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.SchemaSource;
import io.sluice.schema.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In each test the first schema is the reader's, the second one the writer's.
final class JsonCompatibilityTest {
    @Test
    void whatIsTheSameReadsItself() {
        for (var schema :
                new String[] {
                    "true",
                    "{}",
                    "{\"type\": \"string\", \"pattern\": \"^a\", \"not\": {\"const\": \"ab\"}}",
                    "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"items\": {\"$ref\": \"#\"}}}}"
                }) {
            assertReads(schema, schema);
        }
    }

    @Test
    void anythingIsReadByWhatTakesAnything() {
        assertReads("true", "{\"type\": \"string\"}");
        assertReads("{\"title\": \"x\"}", "{\"type\": \"string\"}");
        assertReads("{\"type\": \"string\"}", "false");
        assertDoesNotRead("false", "{\"type\": \"string\"}");
        assertDoesNotRead("{\"type\": \"string\"}", "true");
    }

    @Test
    void typesMayBecomeWiderOnly() {
        assertReads("{\"type\": [\"string\", \"null\"]}", "{\"type\": \"string\"}");
        assertReads("{\"type\": \"number\"}", "{\"type\": \"integer\"}");
        assertDoesNotRead("{\"type\": \"integer\"}", "{\"type\": \"number\"}");
        assertDoesNotRead("{\"type\": \"string\"}", "{\"type\": [\"string\", \"null\"]}");
    }

    @Test
    void enumerationsMayGrowOnly() {
        assertReads("{\"enum\": [1, 2, 3]}", "{\"enum\": [1, 2]}");
        assertReads("{\"type\": \"integer\"}", "{\"enum\": [1, 2]}");
        assertReads("{\"enum\": [1, 2]}", "{\"const\": 1}");
        assertDoesNotRead("{\"enum\": [1]}", "{\"enum\": [1, 2]}");
        assertDoesNotRead("{\"enum\": [1]}", "{\"type\": \"integer\"}");
    }

    @Test
    void limitsMayBecomeLooserOnly() {
        assertReads("{\"minimum\": 1}", "{\"minimum\": 2}");
        assertReads("{\"maxLength\": 5}", "{\"type\": \"string\", \"maxLength\": 4}");
        assertReads("{\"maxLength\": 5}", "{\"type\": \"integer\"}");
        assertDoesNotRead("{\"minimum\": 2}", "{\"minimum\": 1}");
        assertDoesNotRead("{\"maxItems\": 2}", "{}");
        assertDoesNotRead("{\"uniqueItems\": true}", "{}");
    }

    @Test
    void everyLimitCounts() {
        for (var limit :
                List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")) {
            assertReads(limit(limit, 1), limit(limit, 2));
            assertReads(limit(limit, 1), limit(limit, 1));
            assertDoesNotRead(limit(limit, 2), limit(limit, 1));
            assertDoesNotRead(limit(limit, 2), "{}");
        }
        for (var limit :
                List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")) {
            assertReads(limit(limit, 2), limit(limit, 1));
            assertReads(limit(limit, 1), limit(limit, 1));
            assertDoesNotRead(limit(limit, 1), limit(limit, 2));
            assertDoesNotRead(limit(limit, 1), "{}");
        }
    }

    private static String limit(String keyword, int limit) {
        return "{\"%s\": %d}".formatted(keyword, limit);
    }

    @Test
    void whatIsRequiredMayOnlyBecomeLess() {
        assertReads(
                "{\"required\": [\"a\"]}",
                "{\"type\": \"object\", \"required\": [\"a\", \"b\"]}"
                        .replace("\"type\": \"object\", ", ""));
        assertDoesNotRead("{\"required\": [\"a\", \"b\"]}", "{\"required\": [\"a\"]}");
    }

    @Test
    void aNewPropertyOfAClosedObjectIsReadAndOneOfAnOpenObjectIsNot() {
        var one = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}%s}";
        var two =
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"},"
                        + " \"b\": {\"type\": \"string\"}}%s}";
        var closed = ", \"additionalProperties\": false";
        assertReads(two.formatted(closed), one.formatted(closed));
        assertDoesNotRead(two.formatted(""), one.formatted(""));
        assertDoesNotRead(one.formatted(closed), two.formatted(closed));
        assertReads(one.formatted(""), two.formatted(""));
        assertDoesNotRead(one.formatted(closed), one.formatted(""));
    }

    @Test
    void alternativesAreReadOneByOne() {
        var one = "{\"anyOf\": [{\"type\": \"string\"}]}";
        var two = "{\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}]}";
        assertReads(two, one);
        assertReads(two, "{\"type\": \"string\"}");
        assertDoesNotRead(one, two);
    }

    @Test
    void referencesAreFollowed() {
        var tree =
                "{\"$ref\": \"#/$defs/node\", \"$defs\": {\"node\": {\"type\": \"object\", \"properties\":"
                        + " {\"next\": {\"$ref\": \"#/$defs/node\"}, \"value\": {\"type\": \"%s\"}}}}}";
        assertReads(tree.formatted("number"), tree.formatted("integer"));
        assertDoesNotRead(tree.formatted("integer"), tree.formatted("number"));
    }

    @Test
    void whatStandsBesideTheReadersReferenceCounts() {
        var text = "\"$defs\": {\"a\": {\"type\": \"string\"}}";
        assertReads("{\"$ref\": \"#/$defs/a\", " + text + "}", "{\"type\": \"string\"}");
        assertDoesNotRead(
                "{\"$ref\": \"#/$defs/a\", \"minLength\": 3, " + text + "}",
                "{\"type\": \"string\"}");
    }

    @Test
    void aReferenceToAnotherTextMustBeToTheSameOne() {
        var reader = referring("{\"type\": \"integer\"}", "{\"$ref\": \"n.json\"}");
        var same = referring("{\"type\": \"integer\"}", "{\"$ref\": \"n.json\"}");
        var other = referring("{\"type\": \"string\"}", "{\"$ref\": \"n.json\"}");
        assertThat(reader.cannotRead(same)).isEmpty();
        assertThat(reader.cannotRead(other)).isNotEmpty();
        var not = "{\"title\": \"%s\", \"not\": {\"$ref\": \"n.json\"}}";
        assertThat(
                        referring("{\"type\": \"integer\"}", not.formatted("a"))
                                .cannotRead(
                                        referring("{\"type\": \"string\"}", not.formatted("b"))))
                .isNotEmpty();
        assertDoesNotReadReference(reader);
    }

    private static void assertDoesNotReadReference(CompiledSchema reader) {
        assertThat(reader.cannotRead(compiled(JSON, "{\"type\": \"integer\"}"))).isNotEmpty();
        assertThat(compiled(JSON, "{\"type\": \"integer\"}").cannotRead(reader)).isNotEmpty();
    }

    private static CompiledSchema referring(String referred, String text) {
        return compiled(
                new SchemaSource(
                        JSON, text, List.of(new SchemaSource.Reference("n.json", referred))));
    }

    @Test
    void whatIsTheSameButRefersToSomethingElseIsNotTheSame() {
        var schema = "{\"not\": {\"$ref\": \"#/$defs/a\"}, \"$defs\": {\"a\": {\"type\": \"%s\"}}}";
        assertDoesNotRead(schema.formatted("integer"), schema.formatted("string"));
    }

    @Test
    void aNewPropertyThatAPatternMayHaveLetThroughIsNotRead() {
        var writer = "{\"patternProperties\": {\"^a\": {}}, \"additionalProperties\": false}";
        assertDoesNotRead(
                "{\"properties\": {\"ab\": {\"type\": \"string\"}}, " + writer.substring(1),
                writer);
        assertReads("{\"patternProperties\": {\"^a\": {}}}", writer);
        assertDoesNotRead("{\"patternProperties\": {\"^b\": {\"type\": \"null\"}}}", writer);
    }

    /// The first alternative fails, and must not leave behind that what it met on the way fits.
    @Test
    void whatWasTakenToFitInAnAlternativeThatDoesNotIsComparedAgain() {
        var schema =
                """
                {"$defs": {"d": {"type": "%s"}, "p": {"properties": {"x": {"$ref": "#/$defs/d"}}}},
                 "properties": {"a": {"anyOf": [{"items": {"$ref": "#/$defs/p"}}, {"title": "any"}]},
                                "b": {"$ref": "#/$defs/p"}}}""";
        assertThat(
                        compiled(JSON, schema.formatted("integer"))
                                .cannotRead(compiled(JSON, schema.formatted("number"))))
                .containsExactly("#/b/x: the type number is not allowed any more");
    }

    @Test
    void alternativesWithinAlternativesComeToAnEnd() {
        var one = "{\"type\": \"integer\"}";
        var two = "{\"type\": \"string\"}";
        for (int i = 0; i < 12; i++) {
            one = "{\"anyOf\": [{\"items\": " + one + "}, {\"items\": " + one + "}]}";
            two = "{\"anyOf\": [{\"items\": " + two + "}, {\"items\": " + two + "}]}";
        }
        assertDoesNotRead(one, two);
    }

    @Test
    void whatIsNotUnderstoodMustBeTheSame() {
        assertReads("{}", "{\"not\": {\"type\": \"string\"}}");
        assertDoesNotRead("{\"not\": {\"type\": \"string\"}}", "{}");
        assertDoesNotRead("{\"pattern\": \"^a\"}", "{\"pattern\": \"^ab\"}");
        assertDoesNotRead("{\"unheardOf\": 1}", "{}");
    }

    /// What an older draft does not know lets everything through there.
    @Test
    void inAnotherDraftTheSameWordsNeedNotMeanTheSame() {
        var seventh = "\"$schema\": \"http://json-schema.org/draft-07/schema#\"";
        var fourth = "\"$schema\": \"http://json-schema.org/draft-04/schema#\"";
        for (var rule :
                List.of(
                        "\"dependentRequired\": {\"a\": [\"b\"]}",
                        "\"properties\": {\"a\": {\"prefixItems\": [{\"type\": \"integer\"}]}}",
                        "\"anyOf\": [{\"unevaluatedItems\": false}]")) {
            assertDoesNotRead("{" + rule + "}", "{" + seventh + ", " + rule + "}");
            assertReads("{" + seventh + ", " + rule + "}", "{" + seventh + ", " + rule + "}");
        }
        assertDoesNotRead("{\"const\": 1}", "{" + fourth + ", \"const\": 1}");
        assertDoesNotRead("{" + fourth + ", \"type\": \"integer\"}", "{\"type\": \"integer\"}");
        assertDoesNotRead(
                "{" + seventh + ", \"items\": {\"type\": \"integer\"}}",
                "{\"prefixItems\": [{\"type\": \"string\"}], \"items\": {\"type\": \"integer\"}}");
        assertReads("{" + fourth + "}", "{\"type\": \"integer\"}");
        var plain = "\"type\": \"string\", \"pattern\": \"^a\", \"maxLength\": 5}";
        assertReads("{" + plain, "{" + seventh + ", " + plain);
        assertReads(
                "{" + plain,
                "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", " + plain);
    }

    /// Sound: of two schemas that are said to be compatible, none lets through what the other does not.
    @Test
    void noValueThatTheWriterLetsThroughIsRefusedByAReaderThatIsSaidToReadIt() {
        long seed = 20261128;
        var random = new Rng(seed);
        int compatible = 0;
        for (int i = 0; i < 600; i++) {
            var schemas = new RandomSchemas(random);
            var written = schemas.schema();
            var read = random.below(3) == 0 ? schemas.schema() : schemas.changed(written);
            var reader = compiled(JSON, read);
            var writer = compiled(JSON, written);
            if (!Texts.reads(reader, writer)) {
                continue;
            }
            compatible++;
            for (int v = 0; v < 30; v++) {
                var value = utf8(schemas.value(0));
                if (writer.problem(value).isEmpty()) {
                    assertThat(reader.problem(value))
                            .as(
                                    "seed %d: %s by %s, written with %s",
                                    seed, text(value), read, written)
                            .isEmpty();
                }
            }
        }
        assertThat(compatible).as("pairs that say something").isGreaterThan(60);
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    private static void assertReads(String reader, String writer) {
        assertThat(compiled(JSON, reader).cannotRead(compiled(JSON, writer))).isEmpty();
    }

    private static void assertDoesNotRead(String reader, String writer) {
        assertThat(compiled(JSON, reader).cannotRead(compiled(JSON, writer))).isNotEmpty();
    }
}
