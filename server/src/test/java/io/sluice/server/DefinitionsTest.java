package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a definitions file says is there when the server has started.
final class DefinitionsTest {
    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

    @TempDir private Path directory;

    private Server start(Path definitions) {
        return Server.start(
                ServerBench.settings(
                        directory.resolve("data"), Map.of("definitions", definitions.toString())));
    }

    @Test
    void theExampleIsMadeTrueAtEveryStart() throws Exception {
        var example = Path.of("../docs/definitions.example.yaml");
        for (int start = 0; start < 2; start++) {
            try (var server = start(example)) {
                assertThat(get(server, "topics/payments"))
                        .contains("\"partitions\":3", "\"sluice.schema.type\":\"json\"");
                assertThat(get(server, "queues/%2F/payments.charge"))
                        .contains(
                                "\"topic\":\"payments\"",
                                "\"x-sluice-order\":\"key\"",
                                "\"retry.initial.ms\":500",
                                "\"retry.max.attempts\":8",
                                "\"dead.letter.queue\":\"payments.dead\"");
                assertThat(get(server, "queues/tenant-a/audit")).contains("\"partitions\":2");
                assertThat(get(server, "../../subjects/payments-value/versions")).isEqualTo("[1]");
            }
        }
    }

    @Test
    void whatIsDifferentIsMadeSoAndWhatIsNotNamedIsLeftAlone() throws Exception {
        var file = directory.resolve("definitions.yaml");
        Files.writeString(
                file,
                """
                queues:
                  - kept
                  - name: q
                    policy: {retry.max.attempts: 3, retry.jitter: none}
                """);
        start(file).close();
        Files.writeString(
                file,
                """
                queues:
                  - name: q
                    policy: {retry.max.attempts: 5}
                """);
        try (var server = start(file)) {
            assertThat(get(server, "queues/%2F/q"))
                    .contains("\"policy\":{\"retry.max.attempts\":5}");
            assertThat(get(server, "queues/%2F/kept")).contains("\"name\":\"kept\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    queues:\\n- name: q\\n  policy:\\n    retry.initial.ms: soon | 4: q: retry.initial.ms must be a number of milliseconds, 0 to 604800000
                    queues:\\n- name: q\\n  argument: {} | 3: q: 'argument' is not known here; there are topic, partitions, arguments, policy
                    queues:\\n- name: q\\n  topic: none | 2: q: no topic 'none'
                    queue:\\n- name: q | 1: 'queue' is not known here; there are namespaces, policies, queues, schemas, topics
                    topics:\\n- name: a b | 2: a b: Topic name is invalid
                    topics:\\n- partitions: 2 | 2: 'name' is missing, or no string
                    topics:\\n- name: t\\n  name: u | 3: 'name' is there twice
                    policies:\\n- name: p\\n  pattern: x\\n  definition: {sluice-retry-jitter: some} | 2: p: retry.jitter must be one of none, equal, full
                    schemas:\\n- subject: s\\n  type: xml | 3: s: 'type' must be json, avro or protobuf
                    topics: [a: | is not YAML
                    """)
    void aMistakeEndsTheStartWithItsLine(String yaml, String expected) throws IOException {
        var file = directory.resolve("definitions.yaml");
        Files.writeString(file, yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> start(file))
                .isInstanceOf(StartFailedException.class)
                .message()
                .startsWith(file + ":")
                .contains(expected);
    }

    private static String get(Server server, String path) throws Exception {
        var address = Objects.requireNonNull(server.listeners().get("admin"));
        var uri = URI.create("http://" + Addresses.text(address) + "/api/sluice/" + path);
        var request =
                HttpRequest.newBuilder(uri.normalize())
                        .timeout(ServerBench.PATIENCE)
                        .header("authorization", "Basic " + GUEST)
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
