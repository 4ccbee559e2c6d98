package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP below the management API, byte by byte.
final class ManagementPortTest {
    private static final String GUEST = "authorization: Basic Z3Vlc3Q6Z3Vlc3Q=\r\n";

    @TempDir Path directory;
    private @Nullable Server started;

    @BeforeEach
    void start() {
        started = Server.start(ServerBench.settings(directory, Map.of()));
    }

    @AfterEach
    void stop() {
        server().close();
    }

    @Test
    void whoSaysNothingIsAskedWhoItIs() throws IOException {
        assertThat(ask("GET /api/whoami HTTP/1.1\r\nconnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ")
                .contains("www-authenticate: Basic realm=\"RabbitMQ Management\"");
    }

    @Test
    void whoSaysItWronglyIsRefused() throws IOException {
        assertThat(
                        ask(
                                "GET /api/whoami HTTP/1.1\r\nauthorization: Basic Z3Vlc3Q6YmFk\r\nconnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ")
                .endsWith("{\"error\":\"not_authorized\",\"reason\":\"Login failed\"}");
    }

    @Test
    void requestsThatCameTogetherAreAnsweredInTheirOrder() throws IOException {
        var requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append("GET /api/queues HTTP/1.1\r\n" + GUEST + "\r\n");
            requests.append("GET /health/ready HTTP/1.1\r\n\r\n");
        }
        requests.append("GET /api/whoami HTTP/1.1\r\nconnection: close\r\n" + GUEST + "\r\n");
        var answers = ask(requests.toString());
        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(102);
        assertThat(answers.split("\\[]", -1)).hasSize(51);
        assertThat(answers).endsWith("{\"name\":\"guest\",\"tags\":[\"administrator\"]}");
    }

    @Test
    void aBodyMayComeInPieces() throws IOException {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            out.write(
                    bytes(
                            "PUT /api/queues/%2F/q HTTP/1.1\r\nconnection: close\r\ntransfer-encoding: chunked\r\n"
                                    + GUEST
                                    + "\r\n"));
            out.flush();
            for (var part : new String[] {"{\"dura", "ble\":", "true}"}) {
                out.write(bytes(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n"));
                out.flush();
            }
            out.write(bytes("0\r\n\r\n"));
            assertThat(text(socket)).startsWith("HTTP/1.1 201 ");
        }
        assertThat(
                        ask(
                                "GET /api/queues/%2F/q?columns=name,durable HTTP/1.1\r\nconnection: close\r\n"
                                        + GUEST
                                        + "\r\n"))
                .endsWith("{\"name\":\"q\",\"durable\":true}");
    }

    @Test
    void aStrangersLargeBodyIsRefused() throws IOException {
        var body = "x".repeat(20_000);
        var request =
                "PUT /api/queues/%%2F/q HTTP/1.1\r\nconnection: close\r\ncontent-length: 20000\r\n%s\r\n%s";
        assertThat(ask(request.formatted("", body))).startsWith("HTTP/1.1 413 ");
        assertThat(ask(request.formatted(GUEST, body))).startsWith("HTTP/1.1 400 ");
    }

    private String ask(String request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            return text(socket);
        }
    }

    private Server server() {
        return Objects.requireNonNull(started);
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = Objects.requireNonNull(server().listeners().get("admin"));
        return new Socket(address.getAddress(), address.getPort());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
