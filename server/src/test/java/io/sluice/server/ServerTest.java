package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.server.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerTest {
    @TempDir Path directory;

    @Test
    void aStartedServerSaysThatItIsReady() throws Exception {
        try (var server = Server.start(settings("0"))) {
            assertThat(ask(server, "GET", "/health/ready").body()).isEqualTo("ready\n");
            assertThat(ask(server, "GET", "/health/live?verbose").statusCode()).isEqualTo(200);
            assertThat(ask(server, "GET", "/metrics").body())
                    .contains("sluice_build_info{version=\"" + Version.current() + "\"} 1.0\n");
        }
    }

    @Test
    void aHeadRequestHasTheLengthButNoBody() throws Exception {
        try (var server = Server.start(settings("0"))) {
            var answer = ask(server, "HEAD", "/health/ready");

            assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(6);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAndTheConnectionClosed() throws IOException {
        try (var server = Server.start(settings("0"));
                var socket = new Socket(admin(server).getAddress(), admin(server).getPort())) {
            socket.getOutputStream().write("\0\1\2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aTakenPortStopsTheStartAndGivesTheDirectoryBack() {
        try (var first = Server.start(settings("0"))) {
            var port = Integer.toString(admin(first).getPort());
            var other = ServerBench.settings(directory.resolve("b"), Map.of("admin-port", port));

            for (var attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> Server.start(other))
                        .isInstanceOf(StartFailedException.class)
                        .hasMessageStartingWith(
                                "cannot listen on 127.0.0.1:" + port + " (--admin-port): ");
            }
        }
    }

    @Test
    void aClosedServerHasLeftItsPortAndItsDirectory() {
        var server = Server.start(settings("0"));
        var port = Integer.toString(admin(server).getPort());
        server.close();
        server.close();

        Server.start(settings(port)).close();
    }

    private Settings settings(String adminPort) {
        return ServerBench.settings(directory.resolve("a"), Map.of("admin-port", adminPort));
    }

    private static InetSocketAddress admin(Server server) {
        return Objects.requireNonNull(server.listeners().get("admin"));
    }

    private static HttpResponse<String> ask(Server server, String method, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://" + Addresses.text(admin(server)) + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
