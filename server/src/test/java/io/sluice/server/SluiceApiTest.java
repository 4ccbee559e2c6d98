package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the admin port has that RabbitMQ's management API has not.
final class SluiceApiTest {
    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

    @TempDir Path directory;
    private Server server;
    private HttpClient http;

    @BeforeEach
    void start() {
        server =
                Server.start(
                        Settings.of(
                                Map.of(
                                        "data-dir",
                                        directory.toString(),
                                        "kafka-port",
                                        "0",
                                        "amqp-port",
                                        "0",
                                        "sqs-port",
                                        "0",
                                        "admin-port",
                                        "0")));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void messagesAreShownInTheirStateAndStayAsTheyAre() throws Exception {
        sqs("CreateQueue", "{\"QueueName\":\"q\"}");
        for (var body : new String[] {"held", "there"}) {
            sqs(
                    "SendMessage",
                    """
                    {"QueueUrl":"q","MessageBody":"%s","MessageAttributes":
                     {"colour":{"DataType":"String.name","StringValue":"red"}}}"""
                            .formatted(body));
        }
        sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"later\",\"DelaySeconds\":900}");
        sqs("ReceiveMessage", "{\"QueueUrl\":\"q\"}");

        var shown = admin("GET", "/api/sluice/messages?queue=q", "").body();
        assertThat(shown)
                .startsWith(
                        "{\"queue\":\"q\",\"vhost\":\"/\",\"visible\":1,\"in_flight\":1,\"delayed\":1,")
                .containsSubsequence(
                        "\"state\":\"in_flight\",\"partition\":0,\"offset\":0,\"receive_count\":1,\"until\":",
                        "\"attributes\":{\"colour\":{\"type\":\"String.name\",\"value\":\"red\"}}",
                        "\"body\":\"held\",\"body_encoding\":\"text\"",
                        "\"state\":\"visible\",\"partition\":0,\"offset\":1,\"receive_count\":0,\"id\":",
                        "\"body\":\"there\"",
                        "\"state\":\"delayed\",\"partition\":0,\"offset\":2,\"receive_count\":0,\"until\":",
                        "\"body\":\"later\"");
        assertThat(admin("GET", "/_sluice/messages?queue=q&account=000000000000", "").body())
                .isEqualTo(shown);
        assertThat(admin("GET", "/_sluice/messages?queue=q&from=1&count=1", "").body())
                .contains("there")
                .doesNotContain("held", "later");
        assertThat(sqs("ReceiveMessage", "{\"QueueUrl\":\"q\",\"AttributeNames\":[\"All\"]}"))
                .contains("there")
                .contains("\"ApproximateReceiveCount\":\"1\"");
    }

    @Test
    void whoSaysNotWhoHeIsSeesNothing() throws Exception {
        for (var path : new String[] {"/api/sluice/messages?queue=q", "/_sluice/access-keys"}) {
            var request = HttpRequest.newBuilder(uri("admin", path)).build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aWrongQuestionIsToldSo() throws Exception {
        assertThat(admin("GET", "/api/sluice/messages", "").statusCode()).isEqualTo(400);
        assertThat(admin("GET", "/api/sluice/messages?queue=none", "").statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/api/sluice/messages?queue=none&count=1001", "").body())
                .contains("count is a whole number from 1 to 1000");
    }

    @Test
    void anAccessKeysSecretIsToldOnceAndTheKeyGoesWhenItIsDeleted() throws Exception {
        var path = "/api/sluice/access-keys/AKIDEXAMPLE";
        var made = admin("PUT", path, "{\"account\":\"123456789012\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body())
                .matches(
                        "\\{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\",\"secret\":\"[^\"]{40}\"}");
        assertThat(admin("GET", path, "").body())
                .isEqualTo("{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\"}");
        assertThat(admin("PUT", path, "{\"secret\":\"known\"}").statusCode()).isEqualTo(204);
        assertThat(admin("GET", "/api/sluice/access-keys", "").body())
                .isEqualTo("[{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\"}]");
        assertThat(admin("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(admin("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/api/sluice/access-keys", "").body()).isEqualTo("[]");
    }

    @Test
    void aSecretThatWasSentIsNotRepeatedAndWrongOnesAreRefused() throws Exception {
        var root = "/api/sluice/access-keys/";
        assertThat(admin("PUT", root + "AKID", "{\"secret\":\"mine\"}").body())
                .isEqualTo("{\"access_key\":\"AKID\",\"account\":\"000000000000\"}");
        assertThat(admin("PUT", root + "A-B", "{}").statusCode()).isEqualTo(400);
        assertThat(admin("PUT", root + "AB", "{\"account\":\"12\"}").statusCode()).isEqualTo(400);
    }

    private String sqs(String action, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("sqs", "/"))
                        .header("content-type", "application/x-amz-json-1.0")
                        .header("x-amz-target", "AmazonSQS." + action)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> admin(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("admin", path))
                        .header("authorization", "Basic " + GUEST)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI uri(String listener, String path) {
        var address = Objects.requireNonNull(server.listeners().get(listener));
        return URI.create("http://" + Addresses.text(address) + path);
    }
}
