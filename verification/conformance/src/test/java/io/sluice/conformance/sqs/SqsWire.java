package io.sluice.conformance.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.conformance.support.SqsAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// HTTP without a client library of SQS: what goes over the wire is what the test says.
final class SqsWire implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final SqsAddress address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SqsWire(SqsAddress address) {
        this.address = address;
    }

    record Answer(int status, String body, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException noJson) {
                throw new AssertionError("no JSON: " + body, noJson);
            }
        }

        /// The text of the first XML element of that name.
        String element(String name) {
            var start = body.indexOf("<" + name + ">");
            var end = body.indexOf("</" + name + ">");
            if (start < 0 || end < start) {
                throw new AssertionError("no element " + name + ": " + body);
            }
            return body.substring(start + name.length() + 2, end);
        }
    }

    /// A call of the JSON protocol, as today's SDKs make it.
    Answer json(String action, String body) {
        return jsonAt("/", action, body);
    }

    Answer jsonAt(String path, String action, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS." + action)
                        .POST(BodyPublishers.ofString(body)));
    }

    /// A call of the Query protocol, at the root.
    ///
    /// @param parameters name, value, name, value, ...
    Answer query(String action, String... parameters) {
        return queryAt("/", action, parameters);
    }

    Answer queryAt(String path, String action, String... parameters) {
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(action, parameters))));
    }

    /// The same as a GET.
    Answer queryByGet(String path, String action, String... parameters) {
        return send(request(path + "?" + form(action, parameters)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.endpoint().resolve(path));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static String form(String action, String... parameters) {
        var pairs = new ArrayList<String>();
        pairs.add("Action=" + action);
        pairs.add("Version=2012-11-05");
        for (var i = 0; i < parameters.length; i += 2) {
            pairs.add(encoded(parameters[i]) + "=" + encoded(parameters[i + 1]));
        }
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String pathOf(String queueUrl) {
        return URI.create(queueUrl).getPath();
    }

    /// `text` as a JSON string, quotes included.
    static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public void close() {
        http.close();
    }
}
