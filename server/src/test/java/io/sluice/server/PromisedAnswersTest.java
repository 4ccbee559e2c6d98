package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the broker answers has the statuses, the fields and the types that `docs/openapi.yaml` promises, and every field that is promised is there.
final class PromisedAnswersTest extends ServerBench {
    private static final String QUEUE = "/queues/{namespace}/{name}";
    private static final String SCHEMAS = "#/components/schemas/";

    /// Fields for which there has to be more amiss than here.
    private static final Set<String> RARE =
            Set.of(
                    "Message.key_base64",
                    "Letter.key_base64",
                    "Letter.body_cut",
                    "Group.others",
                    "Redrive.failure");

    private final OpenAPI promised =
            new OpenAPIV3Parser()
                    .readContents(Files.readString(Path.of("../docs/openapi.yaml")))
                    .getOpenAPI();
    private final Set<String> seen = new TreeSet<>();
    private final Set<String> notSeen = new TreeSet<>();

    PromisedAnswersTest() throws Exception {}

    @Test
    void everyAnswerIsAsPromisedAndEveryFieldIsThere() throws Exception {
        topicsAndPolicies();
        queuesAndMessages();
        deadLettersAndRedrives();
        accessKeys();

        notSeen.removeAll(seen);
        assertThat(notSeen).isEqualTo(new TreeSet<>(RARE));
    }

    private void topicsAndPolicies() throws Exception {
        ask(200, "GET", "/policy-settings", "");
        ask(201, "PUT", "/topics/{name}", "{\"config\":{\"retention.ms\":60000}}", "events");
        ask(204, "PUT", "/topics/{name}", "{\"partitions\":2}", "events");
        ask(400, "PUT", "/topics/{name}", "[]", "events");
        ask(422, "PUT", "/topics/{name}", "{\"partitions\":1}", "events");
        ask(201, "PUT", QUEUE, "{\"topic\":\"events\"}", "%2F", "reader");
        ask(200, "GET", "/topics", "");
        ask(200, "GET", "/topics/{name}", "", "events");
        ask(404, "GET", "/topics/{name}", "", "none");
        ask(200, "GET", "/topics/{name}/policy", "", "events");
        ask(200, "PATCH", "/topics/{name}/policy", "{\"retry.max.attempts\":4}", "events");
        ask(200, "GET", QUEUE + "/policy", "", "%2F", "reader");
        ask(200, "PUT", QUEUE + "/policy", "{\"retry.max.attempts\":4}", "%2F", "reader");
        ask(200, "PATCH", QUEUE + "/policy", "{\"retry.jitter\":\"none\"}", "%2F", "reader");
        ask(422, "PATCH", QUEUE + "/policy", "{\"retry.jitter\":\"some\"}", "%2F", "reader");
        ask(200, "DELETE", QUEUE + "/policy", "", "%2F", "reader");
        ask(409, "PUT", QUEUE, "{\"partitions\":1}", "%2F", "reader");
        ask(204, "DELETE", "/topics/{name}", "", "events");
        ask(404, "DELETE", "/topics/{name}", "", "events");
    }

    private void queuesAndMessages() throws Exception {
        ask(201, "PUT", QUEUE, "{\"policy\":{\"dead.letter.queue\":\"dead\"}}", "%2F", "work");
        var draft =
                """
                {"body":"first","key":"k","headers":
                 {"x-sluice-error-code":"c","x-sluice-error-text":"why","colour":"red"}}""";
        ask(201, "POST", QUEUE + "/messages", draft, "%2F", "work");
        ask(201, "POST", QUEUE + "/messages", "{\"body_base64\":\"/w==\"}", "%2F", "work");
        ask(400, "POST", QUEUE + "/messages", "{}", "%2F", "work");
        ask(200, "GET", QUEUE + "/messages", "", "%2F", "work");
        ask(400, "GET", QUEUE + "/messages", "?limit=0", "", "%2F", "work");
        ask(200, "GET", "/queues", "");
        ask(200, "GET", QUEUE, "", "%2F", "work");
        ask(404, "GET", QUEUE, "", "%2F", "none");
        ask(404, "GET", "/queues", "?namespace=none", "");
        ask(200, "GET", QUEUE + "/breaker", "", "%2F", "work");
        ask(200, "POST", QUEUE + "/breaker/open", "", "%2F", "work");
        ask(200, "POST", QUEUE + "/breaker/close", "", "%2F", "work");
        ask(409, "DELETE", QUEUE, "?if_empty=true", "", "%2F", "work");
    }

    private void deadLettersAndRedrives() throws Exception {
        admin(
                "POST",
                "/api/queues/%2F/work/get",
                "{\"count\":2,\"ackmode\":\"reject_requeue_false\",\"encoding\":\"auto\"}");
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!admin("GET", "/api/sluice/queues/%2F/dead", "").body().contains("\"ready\":2,")) {
            assertThat(System.nanoTime()).as("both are dead").isLessThan(end);
        }
        var letters = QUEUE + "/dead-letters";
        ask(200, "GET", letters, "", "%2F", "dead");
        ask(400, "GET", letters, "?from=yesterday", "", "%2F", "dead");
        ask(200, "GET", letters + "/groups", "", "%2F", "dead");
        ask(200, "GET", letters + "/{letter}", "", "%2F", "dead", "0-0");
        ask(404, "GET", letters + "/{letter}", "", "%2F", "dead", "0-9");
        ask(201, "POST", letters + "/{letter}/redrive", "{}", "%2F", "dead", "0-0");
        ask(204, "DELETE", letters + "/{letter}", "", "%2F", "dead", "0-1");

        var redrives = QUEUE + "/redrives";
        ask(200, "POST", redrives, "{\"dry_run\":true}", "%2F", "dead");
        ask(404, "POST", redrives, "{\"to\":\"none\"}", "%2F", "dead");
        var wish =
                """
                {"per_second":1,"max":5,"filter":
                 {"reason":"rejected","code":"c","source":"work","key":"k","header":"colour:red","text":"i",
                  "from":"2020-01-01T00:00:00Z","to":"2100-01-01T00:00:00Z"}}""";
        var begun = ask(202, "POST", redrives, wish, "%2F", "dead");
        var id = ((JsonObject) begun).text("id").orElseThrow();
        ask(200, "GET", redrives + "/{id}", "", "%2F", "dead", id);
        ask(404, "GET", redrives + "/{id}", "", "%2F", "dead", "none");
        while (((JsonObject) ask(200, "GET", redrives + "/{id}", "", "%2F", "dead", id))
                .text("ended")
                .isEmpty()) {
            assertThat(System.nanoTime()).as("it has ended").isLessThan(end);
        }
        ask(200, "GET", redrives, "", "%2F", "dead");
        ask(409, "POST", redrives + "/{id}/cancel", "", "%2F", "dead", id);
        ask(404, "POST", redrives + "/{id}/pause", "", "%2F", "dead", "none");
        ask(200, "GET", QUEUE, "", "%2F", "dead");
    }

    private void accessKeys() throws Exception {
        ask(201, "PUT", "/access-keys/{id}", "{}", "AKIDEXAMPLE");
        ask(200, "GET", "/access-keys", "");
        ask(200, "GET", "/access-keys/{id}", "", "AKIDEXAMPLE");
        ask(204, "DELETE", "/access-keys/{id}", "", "AKIDEXAMPLE");
    }

    /// Asks, and holds the answer against what is promised.
    ///
    /// @param template as the file has it
    /// @param body what is sent; where it begins with a question mark, a query with the body behind it
    /// @param names in the places of the template's variables
    private Json ask(int status, String method, String template, String body, String... names)
            throws Exception {
        var path = template;
        var left = List.of(names);
        var sent = body;
        if (body.startsWith("?")) {
            sent = left.getFirst();
            left = left.subList(1, left.size());
        }
        for (var name : left) {
            path = path.replaceFirst("\\{[a-z]+}", name);
        }
        var query = body.startsWith("?") ? body : "";
        var answer = admin(method, "/api/sluice" + path + query, sent);
        var what = method + " " + path + query + ": " + answer.body();
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        var schema = schema(method, template, status);
        if (schema.isEmpty()) {
            assertThat(answer.body()).as(what).isEmpty();
            return Json.nothing();
        }
        assertThat(answer.headers().firstValue("content-type"))
                .contains(status < 400 ? "application/json" : "application/problem+json");
        var json = JsonReader.read(answer.body()).orElseThrow();
        check(schema.get(), json, method + " " + template);
        return json;
    }

    /// Fails where the status is none that is promised.
    private Optional<Schema<?>> schema(String method, String template, int status) {
        var what = method + " " + template;
        var path = Objects.requireNonNull(promised.getPaths().get(template), what);
        var operation = path.readOperationsMap().get(HttpMethod.valueOf(method));
        var response =
                Objects.requireNonNull(operation, what)
                        .getResponses()
                        .get(Integer.toString(status));
        assertThat(response).as(what + ": " + status).isNotNull();
        var whole = resolved(Objects.requireNonNull(response));
        return Optional.ofNullable(whole.getContent())
                .map(content -> content.values().iterator().next().getSchema());
    }

    private ApiResponse resolved(ApiResponse response) {
        var reference = response.get$ref();
        return reference == null
                ? response
                : Objects.requireNonNull(
                        promised.getComponents()
                                .getResponses()
                                .get(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    private void check(Schema<?> schema, Json value, String at) {
        var reference = schema.get$ref();
        if (reference != null) {
            var name = reference.substring(SCHEMAS.length());
            check(
                    Objects.requireNonNull(promised.getComponents().getSchemas().get(name)),
                    value,
                    name);
            return;
        }
        if (schema.getTypes() != null) {
            assertThat(schema.getTypes())
                    .as("%s: %s", at, value)
                    .containsAnyElementsOf(types(value));
        }
        if (schema.getEnum() != null) {
            assertThat(schema.getEnum().stream().<Json>map(one -> Json.of(one.toString())))
                    .as(at)
                    .contains(value);
        }
        switch (value) {
            case JsonObject object -> checkFields(schema, object, at);
            case Json.Array(var items) when schema.getItems() != null ->
                    items.forEach(item -> check(schema.getItems(), item, at + "[]"));
            case Json.Text(String text) when "date-time".equals(schema.getFormat()) ->
                    assertThat(Instant.parse(text)).as(at).isAfter(Instant.EPOCH);
            case Json.Array _, Json.Text _, Json.Digits _, Json.Bool _, Json.Null _ -> {}
        }
    }

    private void checkFields(Schema<?> schema, JsonObject object, String at) {
        if (schema.getRequired() != null) {
            assertThat(object.fields())
                    .as(at)
                    .containsKeys(schema.getRequired().toArray(String[]::new));
        }
        var properties = schema.getProperties();
        if (properties == null) {
            if (schema.getAdditionalProperties() instanceof Schema<?> each) {
                object.fields().forEach((_, value) -> check(each, value, at + ".*"));
            }
            return;
        }
        assertThat(properties.keySet()).as(at).containsAll(object.fields().keySet());
        properties.keySet().forEach(name -> notSeen.add(at + "." + name));
        object.fields()
                .forEach(
                        (name, value) -> {
                            seen.add(at + "." + name);
                            check(
                                    Objects.requireNonNull(properties.get(name)),
                                    value,
                                    at + "." + name);
                        });
    }

    private static List<String> types(Json value) {
        return switch (value) {
            case JsonObject _ -> List.of("object");
            case Json.Array _ -> List.of("array");
            case Json.Text _ -> List.of("string");
            case Json.Bool _ -> List.of("boolean");
            case Json.Null _ -> List.of("null");
            case Json.Digits digits ->
                    digits.isWhole() ? List.of("integer", "number") : List.of("number");
        };
    }
}
