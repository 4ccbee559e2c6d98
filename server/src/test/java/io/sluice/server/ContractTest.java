package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.Loop;
import io.sluice.admin.management.Management;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import io.sluice.broker.push.PushEndpoints;
import io.sluice.server.settings.Settings;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/openapi.yaml` is what the broker does.
final class ContractTest {
    private static final Path FILE = Path.of("../docs/openapi.yaml");

    /// Answered before anybody is asked who he is, so it is in no table.
    private static final String ITSELF = "GET sluice/openapi.yaml";

    @Test
    void theFileIsWhatToolsOfOpenApiTakeForOne() throws IOException {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(Files.readString(FILE), List.of(), options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).isNotEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void everyRouteIsPromisedAndEveryPromiseIsARoute() throws IOException {
        var promised =
                new OpenAPIV3Parser()
                                .readContents(Files.readString(FILE))
                                .getOpenAPI()
                                .getPaths()
                                .entrySet()
                                .stream()
                                .flatMap(
                                        path ->
                                                path
                                                        .getValue()
                                                        .readOperationsMap()
                                                        .keySet()
                                                        .stream()
                                                        .map(
                                                                method ->
                                                                        method
                                                                                + " sluice"
                                                                                + path.getKey()))
                                .filter(route -> !route.equals(ITSELF))
                                .toList();
        var done =
                management().routes().stream().filter(route -> route.contains(" sluice/")).toList();

        assertThat(promised).containsExactlyInAnyOrderElementsOf(done);
    }

    @Test
    void everybodyMayReadIt(@TempDir Path directory) throws Exception {
        var settings = ServerBench.settings(directory, Map.of());
        try (var server = Server.start(settings);
                var http = HttpClient.newHttpClient()) {
            var address = Objects.requireNonNull(server.listeners().get("admin"));
            var uri = URI.create("http://" + Addresses.text(address) + "/api/sluice/openapi.yaml");
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("application/yaml");
            assertThat(answer.body()).isEqualTo(Files.readString(FILE));
        }
    }

    /// The API over a broker that nobody asks anything.
    private static Management management() {
        return new ManagementWiring(Settings.of(Map.of()), new StartedParts())
                .make(
                        nobody(Broker.class),
                        nobody(Connections.class),
                        PushEndpoints.NONE,
                        nobody(Loop.class));
    }

    private static <T> T nobody(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> {
                            throw new AssertionError(method + " was called");
                        }));
    }
}
