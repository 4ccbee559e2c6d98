package io.sluice.conformance.schema;

import static io.sluice.conformance.schema.Registry.draft;
import static io.sluice.conformance.schema.Registry.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The paths, bodies and codes that serializers of Confluent's kind rely on.
@Conformance
class RegistryTest {
    private static final String INT =
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";

    @Test
    void aSchemaIsRegisteredAndFoundInEveryWay(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("found") + "-value";
        int id = registry.register(subject, "AVRO", INT);

        assertAnswer(registry.get("/schemas/ids/" + id), 200, "{\"schema\":" + quoted(INT) + "}");
        assertThat(registry.get("/schemas/ids/" + id + "/schema").body()).isEqualTo(INT);
        assertAnswer(
                registry.get("/schemas/ids/" + id + "/versions"),
                200,
                "[{\"subject\":\"" + subject + "\",\"version\":1}]");
        assertAnswer(
                registry.get("/schemas/ids/" + id + "/subjects"), 200, "[\"" + subject + "\"]");
        assertThat(registry.get("/subjects").body()).contains("\"" + subject + "\"");
        assertAnswer(registry.get("/subjects/" + subject + "/versions"), 200, "[1]");
        var whole =
                "{\"subject\":\"%s\",\"version\":1,\"id\":%d,\"schema\":%s}"
                        .formatted(subject, id, quoted(INT));
        assertAnswer(registry.get("/subjects/" + subject + "/versions/1"), 200, whole);
        assertAnswer(registry.get("/subjects/" + subject + "/versions/latest"), 200, whole);
        assertThat(registry.get("/subjects/" + subject + "/versions/latest/schema").body())
                .isEqualTo(INT);
        assertAnswer(
                registry.post("/subjects/" + subject, "{\"schema\":" + quoted(INT) + "}"),
                200,
                whole);
        assertAnswer(registry.get("/subjects/" + subject + "/versions/1/referencedby"), 200, "[]");
        assertAnswer(registry.get("/schemas/types"), 200, "[\"JSON\",\"PROTOBUF\",\"AVRO\"]");
    }

    @Test
    void everyKindOfSchemaIsTaken(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("kinds");
        var proto = "syntax = \"proto3\";\nmessage A {\n  int32 a = 1;\n}\n";
        int json = registry.register(subject + "-json", "JSON", "{\"type\":\"object\"}");
        int protobuf = registry.register(subject + "-proto", "PROTOBUF", proto);

        assertAnswer(
                registry.get("/schemas/ids/" + json),
                200,
                "{\"schemaType\":\"JSON\",\"schema\":" + quoted("{\"type\":\"object\"}") + "}");
        assertThat(registry.get("/schemas/ids/" + protobuf + "/schema").body()).isEqualTo(proto);
        assertThat(registry.get("/schemas/ids/" + protobuf).headers().firstValue("content-type"))
                .contains(Registry.CONTENT_TYPE);
    }

    @Test
    void whatIsNotThereHasItsCode(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("missing");
        assertError(registry.get("/subjects/" + subject + "/versions"), 404, 40401);
        assertError(registry.get("/subjects/" + subject + "/versions/1"), 404, 40401);
        assertError(registry.post("/subjects/" + subject, draft("AVRO", INT)), 404, 40401);
        assertError(registry.delete("/subjects/" + subject), 404, 40401);
        assertError(registry.get("/schemas/ids/2000000000"), 404, 40403);
        registry.register(subject, "AVRO", INT);
        assertError(registry.get("/subjects/" + subject + "/versions/2"), 404, 40402);
        assertError(registry.get("/subjects/" + subject + "/versions/zero"), 422, 42202);
        assertError(registry.post("/subjects/" + subject, draft("AVRO", "\"int\"")), 404, 40403);
        assertError(registry.get("/config/" + subject), 404, 40408);
    }

    @Test
    void whatIsWrongHasItsCode(ManagementAddress address) {
        var registry = new Registry(address);
        var versions = "/subjects/" + address.name("wrong") + "/versions";
        assertError(registry.post(versions, draft("AVRO", "{")), 422, 42201);
        assertError(registry.post(versions, draft("XML", "{}")), 422, 42201);
        assertError(registry.post(versions, "{}"), 422, 42201);
        assertError(registry.post(versions, "schema"), 400, 400);
        assertError(registry.put("/config", "{\"compatibility\":\"SOMETIMES\"}"), 422, 42203);
        assertError(registry.put("/mode", "{\"mode\":\"IMPORT\"}"), 422, 42204);
        assertThat(registry.put(versions, "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void anIncompatibleSchemaIsRefusedAndMayBeAskedAboutBefore(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("compatible");
        registry.register(subject, "AVRO", INT);
        var incompatible = draft("AVRO", INT.replace("\"int\"", "\"string\""));
        var check = "/compatibility/subjects/" + subject + "/versions/latest";

        assertError(registry.post("/subjects/" + subject + "/versions", incompatible), 409, 409);
        assertAnswer(registry.post(check, incompatible), 200, "{\"is_compatible\":false}");
        assertThat(registry.post(check + "?verbose=true", incompatible).body())
                .contains("messages");
        assertAnswer(
                registry.post(check, draft("AVRO", INT.replace("\"int\"", "\"long\""))),
                200,
                "{\"is_compatible\":true}");
    }

    @Test
    void levelsAreSetForOneAndTakenBack(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("level");
        assertAnswer(registry.get("/config"), 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
        assertAnswer(
                registry.put("/config/" + subject, "{\"compatibility\":\"NONE\"}"),
                200,
                "{\"compatibility\":\"NONE\"}");
        assertAnswer(registry.get("/config/" + subject), 200, "{\"compatibilityLevel\":\"NONE\"}");
        registry.register(subject, "AVRO", INT);
        registry.register(subject, "AVRO", "\"string\"");
        assertAnswer(
                registry.delete("/config/" + subject), 200, "{\"compatibilityLevel\":\"NONE\"}");
        assertError(registry.get("/config/" + subject), 404, 40408);
        assertAnswer(
                registry.get("/config/" + subject + "?defaultToGlobal=true"),
                200,
                "{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void whatIsDeletedIsForgottenTheSecondTime(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("deleted");
        int id = registry.register(subject, "AVRO", INT.replace("A", "Deleted"));
        assertError(registry.delete("/subjects/" + subject + "?permanent=true"), 404, 40405);
        assertAnswer(registry.delete("/subjects/" + subject + "/versions/latest"), 200, "1");
        assertThat(registry.get("/subjects").body()).doesNotContain(subject);
        assertThat(registry.get("/subjects?deleted=true").body()).contains(subject);
        assertThat(registry.get("/schemas/ids/" + id).statusCode()).isEqualTo(200);
        assertAnswer(registry.delete("/subjects/" + subject + "?permanent=true"), 200, "[1]");
        assertError(registry.get("/schemas/ids/" + id), 404, 40403);
    }

    @Test
    void aDeletedVersionIsShownOnlyToWhoAsksForIt(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("version");
        var versions = "/subjects/" + subject + "/versions";
        int id = registry.register(subject, "AVRO", INT.replace("A", subject.replace("-", "_")));
        registry.register(
                subject, "AVRO", INT.replace("A", subject.replace("-", "_") + "\",\"doc\":\"2"));
        assertError(registry.delete(versions + "/1?permanent=true"), 404, 40407);
        assertAnswer(registry.delete(versions + "/1"), 200, "1");

        assertError(registry.get(versions + "/1"), 404, 40402);
        assertThat(registry.get(versions + "/1?deleted=true").statusCode()).isEqualTo(200);
        assertAnswer(registry.get(versions), 200, "[2]");
        assertAnswer(registry.get(versions + "?deleted=true"), 200, "[1,2]");
        assertAnswer(registry.get("/schemas/ids/" + id + "/versions"), 200, "[]");
        assertAnswer(registry.get("/schemas/ids/" + id + "/subjects"), 200, "[]");
        assertError(registry.get(versions + "/0"), 422, 42202);
        assertAnswer(registry.delete(versions + "/1?permanent=true"), 200, "1");
        assertError(registry.get(versions + "/1?deleted=true"), 404, 40402);
        assertThat(registry.get(versions + "/latest").body()).contains("\"version\":2");
    }

    @Test
    void whatASchemaRefersToIsSaidAndMayNotGo(ManagementAddress address) {
        var registry = new Registry(address);
        var line = address.name("line");
        var order = address.name("order");
        registry.register(line, "PROTOBUF", "syntax = \"proto3\"; message Line { int32 n = 1; }");
        var references = "[{\"name\":\"line.proto\",\"subject\":\"" + line + "\",\"version\":1}]";
        var body =
                "{\"schemaType\":\"PROTOBUF\",\"references\":%s,\"schema\":%s}"
                        .formatted(
                                references,
                                quoted(
                                        "syntax = \"proto3\"; import \"line.proto\"; message Order { Line line = 1; }"));

        var registered = registry.post("/subjects/" + order + "/versions", body);

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        var id = Objects.requireNonNull(((JsonObject) json(registered)).find("id"));
        assertThat(registry.get("/subjects/" + order + "/versions/1").body())
                .contains("\"references\":" + references);
        assertAnswer(
                registry.get("/subjects/" + line + "/versions/1/referencedby"),
                200,
                "[" + id.text() + "]");
        assertError(registry.delete("/subjects/" + line), 422, 42206);
        assertError(registry.delete("/subjects/" + line + "/versions/1"), 422, 42206);
    }

    @Test
    void allVersionsMayBeAskedAboutAtOnce(ManagementAddress address) {
        var registry = new Registry(address);
        var subject = address.name("all");
        var config = "/config/" + subject;
        var all = "/compatibility/subjects/" + subject + "/versions";
        assertThat(registry.put(config, "{\"compatibility\":\"none\"}").statusCode())
                .isEqualTo(200);
        registry.register(subject, "JSON", "{\"type\":\"string\"}");
        registry.register(subject, "JSON", "{\"type\":\"integer\"}");
        registry.put(config, "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");

        var number = draft("JSON", "{\"type\":\"number\"}");
        assertAnswer(registry.post(all, number), 200, "{\"is_compatible\":false}");
        assertAnswer(registry.post(all + "/2", number), 200, "{\"is_compatible\":true}");
        assertAnswer(registry.post(all + "/1", number), 200, "{\"is_compatible\":false}");
        assertError(registry.post(all + "/3", number), 404, 40402);
        assertError(registry.post(all, draft("JSON", "{")), 422, 42201);
    }

    @Test
    void subjectsAndSchemasAreListedByWhatTheyBeginWith(ManagementAddress address) {
        var registry = new Registry(address);
        var prefix = address.name("listed");
        registry.register(prefix + "-a", "JSON", "{\"type\":\"integer\"}");
        registry.register(prefix + "-a", "JSON", "{\"type\":\"number\"}");
        registry.register(prefix + "-b", "JSON", "{\"type\":\"integer\"}");
        registry.register(prefix + "-c", "JSON", "{\"type\":\"integer\"}");
        registry.delete("/subjects/" + prefix + "-c");
        registry.register(address.name("other"), "JSON", "{\"type\":\"integer\"}");

        var query = "?subjectPrefix=" + prefix;
        assertAnswer(
                registry.get("/subjects" + query),
                200,
                "[\"" + prefix + "-a\",\"" + prefix + "-b\"]");
        assertThat(((Json.Array) json(registry.get("/schemas" + query))).items()).hasSize(3);
        assertThat(
                        ((Json.Array) json(registry.get("/schemas" + query + "&latestOnly=true")))
                                .items())
                .hasSize(2);
        assertAnswer(registry.get("/mode"), 200, "{\"mode\":\"READWRITE\"}");
        assertAnswer(registry.get("/contexts"), 200, "[\".\"]");
    }

    @Test
    void aRestartForgetsNothing(BrokerProcess broker, ManagementAddress address) {
        var registry = new Registry(address);
        int id = registry.register("kept%2Fvalue", "JSON", "{\"type\":\"object\"}");
        broker.kill();
        broker.start();
        assertThat(registry.get("/schemas/ids/" + id).statusCode()).isEqualTo(200);
        assertThat(registry.register("other", "JSON", "{\"type\":\"string\"}")).isEqualTo(id + 1);
    }

    @Test
    void whoSaysWhoHeIsMustBeRight(ManagementAddress address) {
        var registry = new Registry(address);
        var wrong = "Basic Z3Vlc3Q6d3Jvbmc=";
        assertThat(registry.call("GET", "/subjects", "", Optional.of(wrong)).statusCode())
                .isEqualTo(401);
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static void assertError(HttpResponse<String> answer, int status, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(((JsonObject) json(answer)).find("error_code"))
                .as(answer.body())
                .isEqualTo(Json.of(code));
        assertThat(((JsonObject) json(answer)).text("message")).isPresent();
    }

    private static String quoted(String text) {
        return Json.of(text).text();
    }
}
