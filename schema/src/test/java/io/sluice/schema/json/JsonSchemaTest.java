package io.sluice.schema.json;

import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static io.sluice.schema.Texts.compiled;
import static io.sluice.schema.Texts.refusal;
import static io.sluice.schema.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.schema.SchemaSource;
import io.sluice.schema.Texts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class JsonSchemaTest {
    private static final String ORDER =
            """
            {"type": "object", "required": ["amount"], "additionalProperties": false,
             "properties": {"amount": {"type": "integer", "minimum": 1},
                            "tags": {"type": "array", "uniqueItems": true}}}""";

    @Test
    void aValueThatFitsHasNoProblem() {
        assertThat(problem(ORDER, "{\"amount\": 5, \"tags\": [\"a\", \"b\"]}")).isEmpty();
    }

    @Test
    void aProblemSaysWhereItIsAndWhat() {
        assertThat(problem(ORDER, "{\"amount\": 0}")).get().asString().contains("amount", "1");
        assertThat(problem(ORDER, "{}")).get().asString().contains("amount", "required");
    }

    @Test
    void whatIsNoJsonIsAProblem() {
        assertThat(problem(ORDER, "amount=5")).get().asString().startsWith("not JSON");
        assertThat(problem(ORDER, "")).get().asString().startsWith("not JSON");
        assertThat(problem(ORDER, "{\"amount\": 5} {}")).get().asString().startsWith("not JSON");
        assertThat(compiled(JSON, ORDER).problem(Texts.bytes(0x22, 0xFF, 0x22)))
                .contains("not UTF-8");
    }

    @Test
    void anObjectThatHasAKeyTwiceIsAProblem() {
        assertThat(problem(ORDER, "{\"amount\": 5, \"amount\": 6}")).isPresent();
    }

    @Test
    void inDraft7AnArrayOfItemsIsATuple() {
        var draft7 =
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\","
                        + " \"items\": [{\"type\": \"integer\"}], \"additionalItems\": false}";
        assertThat(problem(draft7, "[1]")).isEmpty();
        assertThat(problem(draft7, "[1, 2]")).isPresent();
        assertThat(problem(draft7, "[\"a\"]")).isPresent();
    }

    @Test
    void withoutADraftItIsTheOneOf2020() {
        var tuple = "{\"prefixItems\": [{\"type\": \"integer\"}], \"items\": false}";
        assertThat(problem(tuple, "[1]")).isEmpty();
        assertThat(problem(tuple, "[1, 2]")).isPresent();
        assertThat(problem("{\"unevaluatedProperties\": false}", "{\"a\": 1}")).isPresent();
    }

    @Test
    void itemsAreUniqueByWhatTheyMean() {
        var unique = "{\"uniqueItems\": true}";
        assertThat(problem(unique, "[1, 1.0]")).isPresent();
        assertThat(problem(unique, "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"a\": 1}]")).isPresent();
        assertThat(problem(unique, "[1, \"1\", [1], {\"1\": 1}, true, null]")).isEmpty();
        assertThat(problem("{\"uniqueItems\": false}", "[1, 1]")).isEmpty();
    }

    @Test
    void aTextThatIsNoSchemaIsRefused() {
        assertThat(refusal(JSON, "{\"type\": \"strange\"}")).contains("not a JSON Schema");
        assertThat(refusal(JSON, "[]")).contains("object");
        assertThat(refusal(JSON, "{")).contains("not JSON");
        assertThat(refusal(JSON, "{\"$schema\": \"http://example.com/mine\"}")).isNotEmpty();
    }

    @Test
    void aReferenceWithinTheTextLeadsThere() {
        var schema = "{\"$ref\": \"#/$defs/n\", \"$defs\": {\"n\": {\"type\": \"integer\"}}}";
        assertThat(problem(schema, "1")).isEmpty();
        assertThat(problem(schema, "\"a\"")).isPresent();
    }

    @Test
    void aReferenceToARegisteredTextLeadsThere() {
        var number = new SchemaSource.Reference("number.json", "{\"type\": \"integer\"}");
        var schema =
                compiled(new SchemaSource(JSON, "{\"$ref\": \"number.json\"}", List.of(number)));
        assertThat(schema.problem(utf8("1"))).isEmpty();
        assertThat(schema.problem(utf8("\"a\""))).isPresent();
    }

    @Test
    void aReferenceElsewhereIsRefused() {
        assertThat(refusal(JSON, "{\"$ref\": \"http://127.0.0.1:9/x.json\"}")).isNotEmpty();
        assertThat(refusal(JSON, "{\"$ref\": \"file:///etc/passwd\"}")).isNotEmpty();
        assertThat(refusal(JSON, "{\"$ref\": \"classpath:logback.xml\"}")).isNotEmpty();
        assertThat(refusal(JSON, "{\"$ref\": \"#/$defs/missing\"}")).isNotEmpty();
    }

    @Test
    void nothingIsReadFromFilesOrTheNetwork(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("x.json"), "{\"type\": \"integer\"}");
        assertThat(refusal(JSON, "{\"$ref\": \"" + file.toUri() + "\"}")).isNotEmpty();
        var asked = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.json";
            assertThat(refusal(JSON, "{\"$ref\": \"" + url + "\"}")).isNotEmpty();
            assertThat(refusal(JSON, "{\"$schema\": \"" + url + "\"}")).isNotEmpty();
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void aPatternIsLookedForAnywhereAndMayNameACharacterByItsNumber() {
        assertThat(problem("{\"pattern\": \"b\"}", "\"abc\"")).isEmpty();
        assertThat(problem("{\"pattern\": \"b\"}", "\"ac\"")).isPresent();
        assertThat(problem("{\"pattern\": \"^\\\\u0061\\\\d$\"}", "\"a1\"")).isEmpty();
        assertThat(problem("{\"pattern\": \"^\\\\u0061\\\\d$\"}", "\"b1\"")).isPresent();
    }

    @Test
    void aFormatMakesNothingInvalid() {
        assertThat(problem("{\"format\": \"email\"}", "\"nobody\"")).isEmpty();
        assertThat(
                        problem(
                                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"format\": \"date\"}",
                                "\"tomorrow\""))
                .isEmpty();
    }

    @Test
    void aProblemIsToldInAFewLines() {
        var schema = "{\"enum\": [\"" + "a".repeat(5_000) + "\"]}";
        assertThat(problem(schema, "1").orElseThrow()).hasSizeLessThan(310).endsWith("...");
    }

    @Test
    void objectsAreTheSameInAnyOrderAndNumbersWithAnyZeros() {
        assertThat(
                        problem(
                                "{\"uniqueItems\": true}",
                                "[[{\"a\": 1.50, \"b\": 0.0}], [{\"b\": -0, \"a\": 1.5}]]"))
                .isPresent();
    }

    private static Optional<String> problem(String schema, String value) {
        return compiled(JSON, schema).problem(utf8(value));
    }
}
