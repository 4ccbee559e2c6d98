package io.sluice.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.ManagementAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The registry as serializers ask it: over HTTP, with nothing but its address.
record Registry(ManagementAddress address) {
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    String url() {
        return "http://" + address.host() + ":" + address.port();
    }

    /// @return the schema's number
    int register(String subject, String type, String schema) {
        var answer = post("/subjects/" + subject + "/versions", draft(type, schema));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((JsonObject) json(answer)).find("id") instanceof Json.Digits(String id)
                ? Integer.parseInt(id)
                : -1;
    }

    /// A topic of whole numbers; what is none becomes a dead letter.
    String topicOfNumbers(Clients kafka) {
        var topic =
                kafka.topic(
                        "dying",
                        1,
                        "sluice.schema.type",
                        "json",
                        "sluice.schema.on.invalid",
                        "dead-letter");
        register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        return topic;
    }

    static String draft(String type, String schema) {
        return JsonObject.object().put("schemaType", type).put("schema", schema).text();
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, "", Optional.empty());
    }

    HttpResponse<String> post(String path, String body) {
        return call("POST", path, body, Optional.empty());
    }

    HttpResponse<String> put(String path, String body) {
        return call("PUT", path, body, Optional.empty());
    }

    HttpResponse<String> delete(String path) {
        return call("DELETE", path, "", Optional.empty());
    }

    HttpResponse<String> call(
            String method, String path, String body, Optional<String> authorization) {
        var request =
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("content-type", CONTENT_TYPE)
                        .header("accept", CONTENT_TYPE)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(header -> request.header("authorization", header));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static Json json(HttpResponse<String> answer) {
        return JsonReader.read(answer.body()).orElseThrow();
    }

    /// A value that names its schema.
    static byte[] framed(int id, byte[] value) {
        return ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(id).put(value).array();
    }
}
