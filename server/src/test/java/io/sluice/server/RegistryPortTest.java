package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask the schema registry.
final class RegistryPortTest {
    private static final String NOBODY = "";
    private static final String GUEST = "Basic Z3Vlc3Q6Z3Vlc3Q=";
    private static final String WRONG = "Basic Z3Vlc3Q6YmFk";

    @TempDir Path directory;

    @Test
    void whereOnlyThisMachineCanComeNobodyNeedsToSayWhoItIs() throws Exception {
        try (var server = Server.start(ServerBench.settings(directory, Map.of()))) {
            assertThat(status(server, "GET", NOBODY)).isEqualTo(200);
            assertThat(status(server, "GET", GUEST)).isEqualTo(200);
            assertThat(status(server, "GET", WRONG)).isEqualTo(401);
        }
    }

    @Test
    void whereOthersCanComeEverybodyMustSayWhoItIs() throws Exception {
        var everywhere = ServerBench.settings(directory, Map.of("bind", "0.0.0.0"));
        try (var server = Server.start(everywhere)) {
            assertThat(status(server, "GET", NOBODY)).isEqualTo(401);
            assertThat(status(server, "DELETE", NOBODY)).isEqualTo(401);
            assertThat(status(server, "GET", GUEST)).isEqualTo(200);
            assertThat(status(server, "GET", WRONG)).isEqualTo(401);
        }
    }

    private static int status(Server server, String method, String authorization) throws Exception {
        int port = Objects.requireNonNull(server.listeners().get("admin")).getPort();
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/config"))
                        .timeout(ServerBench.PATIENCE)
                        .method(method, BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("authorization", authorization);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }
}
