package io.sluice.conformance.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.conformance.support.ManagementAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What these tests ask of `/api/sluice/`.
final class SluiceAdmin {
    private final ManagementAddress address;

    SluiceAdmin(ManagementAddress address) {
        this.address = address;
    }

    static String queue(String name) {
        return "sluice/queues/%2F/" + encoded(name);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    JsonObject get(String path) {
        return object(answered(200, address.call("GET", path, "")));
    }

    List<JsonObject> list(String path) {
        return objects(answered(200, address.call("GET", path, "")));
    }

    JsonObject post(int status, String path, String body) {
        return object(answered(status, address.call("POST", path, body)));
    }

    void delete(String path) {
        var _ = answered(204, address.call("DELETE", path, ""));
    }

    /// What RFC 9457 says why it was refused.
    JsonObject refused(int status, String method, String path, String body) {
        var answer = address.call(method, path, body);
        var problem = object(answered(status, answer));
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(problem.find("status")).isEqualTo(Json.of(status));
        assertThat(problem.text("type").orElse("")).startsWith("urn:sluice:problem:");
        assertThat(problem.text("title").orElse("")).isNotEmpty();
        assertThat(problem.text("detail").orElse("")).isNotEmpty();
        return problem;
    }

    static List<JsonObject> objects(JsonObject object, String name) {
        return ((Json.Array) field(object, name))
                .items().stream().map(JsonObject.class::cast).toList();
    }

    static Json field(JsonObject object, String name) {
        var value = object.find(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + object);
        }
        return value;
    }

    static String text(JsonObject object, String name) {
        return object.text(name).orElseThrow(() -> new AssertionError(name + " of " + object));
    }

    static long number(JsonObject object, String name) {
        return Long.parseLong(field(object, name).text());
    }

    private static HttpResponse<String> answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", answer, answer.body()).isEqualTo(status);
        return answer;
    }

    private static JsonObject object(HttpResponse<String> answer) {
        return (JsonObject) JsonReader.read(answer.body()).orElseThrow();
    }

    private static List<JsonObject> objects(HttpResponse<String> answer) {
        return ((Json.Array) JsonReader.read(answer.body()).orElseThrow())
                .items().stream().map(JsonObject.class::cast).toList();
    }
}
