package io.sluice.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.AddressRule;
import io.sluice.transport.http.HttpCall;
import io.sluice.transport.http.HttpField;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpOutcome.Answered;
import io.sluice.transport.http.HttpOutcome.Cause;
import io.sluice.transport.http.HttpOutcome.Failed;
import io.sluice.transport.http.HttpTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against servers that the test plays itself, byte by byte.
final class HttpClientTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Transport transport = new Transport(1, new MemoryBudget(64 << 20));
    private final Loop loop = transport.loop("test");
    private final Server server = new Server();

    @AfterEach
    void end() throws IOException {
        server.close();
        transport.close();
    }

    @Test
    void aRequestIsSentAndItsAnswerTold() throws Exception {
        var outcome = send(client(), call("/a?b", "body"));

        var connection = server.accept();
        var request = connection.request(4);
        assertThat(request)
                .startsWith("POST /a?b HTTP/1.1\r\n")
                .contains("host: 127.0.0.1:" + server.port() + "\r\n")
                .contains("content-length: 4\r\n")
                .contains("x: y\r\n")
                .endsWith("\r\n\r\nbody");
        connection.write("HTTP/1.1 201 Made\r\nX-A: 1\r\nX-a: 2\r\nContent-Length: 3\r\n\r\nabc");
        var answer = answered(outcome);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.fields()).containsEntry("x-a", "1");
        assertThat(UTF_8.decode(answer.bodyStart().duplicate()).toString()).isEqualTo("abc");
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() throws Exception {
        var client = client();
        var first = send(client, call("/1", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write(OK);
        answered(first);

        var second = send(client, call("/2", ""));
        assertThat(connection.request(0)).startsWith("POST /2 ");
        connection.write(OK);
        assertThat(answered(second).status()).isEqualTo(200);
    }

    @Test
    void aKeptConnectionThatEndsWithoutAWordIsStaleAndTheNextRequestGetsANewOne() throws Exception {
        var client = client();
        var first = send(client, call("/1", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write(OK);
        answered(first);
        var second = send(client, call("/2", ""));
        connection.request(0);
        connection.close();
        assertThat(failed(second).cause()).isEqualTo(Cause.STALE);

        var third = send(client, call("/3", ""));
        var other = server.accept();
        other.request(0);
        other.close();
        assertThat(failed(third).cause()).isEqualTo(Cause.LOST);
    }

    @Test
    void aRedirectIsAnAnswer() throws Exception {
        var outcome = send(client(), call("/", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");

        assertThat(answered(outcome).status()).isEqualTo(302);
        assertThat(answered(outcome).fields()).containsEntry("location", "http://127.0.0.1:1/");
    }

    @Test
    void interimAnswersArePassedOver() throws Exception {
        var outcome = send(client(), call("/", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK);

        assertThat(answered(outcome).status()).isEqualTo(200);
    }

    @Test
    void ofALongBodyTheStartIsKeptAndItsEndIsNotWaitedFor() throws Exception {
        var outcome = send(client(), call("/", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write("HTTP/1.1 500 Bad\r\nContent-Length: 1000000000\r\n\r\n");
        connection.write("x".repeat(100_000));

        var answer = answered(outcome);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.bodyStart().remaining()).isEqualTo(HttpOutcome.BODY_KEPT_BYTES);
        assertThat(connection.isEnded()).isTrue();
    }

    @Test
    void whatIsNotAnsweredInTimeHasFailedAndItsConnectionIsEnded() throws Exception {
        var outcome = send(client(), call("/", "", 200));
        var connection = server.accept();
        connection.request(0);

        assertThat(failed(outcome).cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(connection.isEnded()).isTrue();
    }

    @Test
    void aStatusCountsAlsoWhenItsBodyNeverEnds() throws Exception {
        var outcome = send(client(), call("/", "", 300));
        var connection = server.accept();
        connection.request(0);
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");

        assertThat(answered(outcome).status()).isEqualTo(200);
        assertThat(connection.isEnded()).isTrue();
    }

    @Test
    void whatIsNoHttpIsMalformed() throws Exception {
        var outcome = send(client(), call("/", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write("SSH-2.0-OpenSSH\r\n\r\n");

        assertThat(failed(outcome).cause()).isEqualTo(Cause.MALFORMED_ANSWER);
    }

    @Test
    void headersWithoutEndAreMalformed() throws Exception {
        var outcome = send(client(), call("/", ""));
        var connection = server.accept();
        connection.request(0);
        connection.write("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000));

        assertThat(failed(outcome).cause()).isEqualTo(Cause.MALFORMED_ANSWER);
    }

    @Test
    void anAddressThatTheRuleRefusesIsNotConnectedTo() throws Exception {
        var client = transport.httpClient(loop, (_, _) -> false);

        var outcome = send(client, call("/", ""));

        assertThat(failed(outcome).cause()).isEqualTo(Cause.REFUSED_ADDRESS);
        assertThat(server.hasBeenConnectedTo()).isFalse();
    }

    @Test
    void theRuleIsAskedForEveryConnection() throws Exception {
        var asked = new LinkedBlockingQueue<String>();
        AddressRule rule = (host, address) -> asked.add(host + " " + address.getHostAddress());
        var client = transport.httpClient(loop, rule);
        for (int i = 0; i < 2; i++) {
            var outcome = send(client, call("/", ""));
            var connection = server.accept();
            connection.request(0);
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            answered(outcome);
        }

        assertThat(asked).containsExactly("127.0.0.1 127.0.0.1", "127.0.0.1 127.0.0.1");
    }

    @Test
    void aNameThatNobodyHasIsUnknown() throws Exception {
        var target = new HttpTarget(false, "nobody.invalid", 80, "/");

        var outcome = send(client(), new HttpCall(target, List.of(), body(""), 10_000));

        assertThat(failed(outcome).cause()).isEqualTo(Cause.UNKNOWN_HOST);
    }

    @Test
    void aPortThatNobodyListensOnIsNotConnected() throws Exception {
        server.close();

        assertThat(failed(send(client(), call("/", ""))).cause()).isEqualTo(Cause.NOT_CONNECTED);
    }

    @Test
    void aPeerThatSpeaksNoTlsIsNotSpokenTo() throws Exception {
        var target = new HttpTarget(true, "127.0.0.1", server.port(), "/");
        var outcome = send(client(), new HttpCall(target, List.of(), body("secret"), 10_000));
        var connection = server.accept();
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");

        assertThat(failed(outcome).cause()).isEqualTo(Cause.TLS);
    }

    @Test
    void aCancelledCallIsNotToldOfAndEndsItsConnection() throws Exception {
        var client = client();
        var told = new CompletableFuture<HttpOutcome>();
        var cancel = new CompletableFuture<Cancellable>();
        loop.execute(() -> cancel.complete(client.send(call("/", ""), told::complete)));
        var connection = server.accept();
        connection.request(0);

        var cancellable = cancel.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        loop.execute(cancellable::cancel);

        assertThat(connection.isEnded()).isTrue();
        assertThat(told).isNotDone();
    }

    private HttpClient client() {
        return transport.httpClient(loop, (_, _) -> true);
    }

    private HttpCall call(String path, String body) {
        return call(path, body, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    private HttpCall call(String path, String body, long timeoutMillis) {
        return new HttpCall(
                new HttpTarget(false, "127.0.0.1", server.port(), path),
                List.of(new HttpField("x", "y")),
                body(body),
                timeoutMillis);
    }

    private static ByteBuffer body(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private CompletableFuture<HttpOutcome> send(HttpClient client, HttpCall call) {
        var outcome = new CompletableFuture<HttpOutcome>();
        loop.execute(() -> client.send(call, outcome::complete));
        return outcome;
    }

    private static Answered answered(CompletableFuture<HttpOutcome> outcome) throws Exception {
        return (Answered) outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Failed failed(CompletableFuture<HttpOutcome> outcome) throws Exception {
        return (Failed) outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Takes connections and does nothing with them.
    private static final class Server {
        private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();
        private final ServerSocket socket;

        Server() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                while (true) {
                    accepted.add(new Peer(socket.accept()));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        Peer accept() throws InterruptedException {
            var peer = accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(peer).as("a connection").isNotNull();
            return peer;
        }

        boolean hasBeenConnectedTo() {
            return !accepted.isEmpty();
        }

        void close() throws IOException {
            socket.close();
        }
    }

    /// One connection, seen from the server.
    private record Peer(Socket socket) {
        /// Reads a request's head and so many bytes of body.
        String request(int bodyBytes) throws IOException {
            var request = new StringBuilder();
            int left = Integer.MAX_VALUE;
            while (left > 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("the request goes on after: " + request).isNotNegative();
                request.append((char) next);
                if (left != Integer.MAX_VALUE) {
                    left--;
                } else if (request.toString().endsWith("\r\n\r\n")) {
                    left = bodyBytes;
                }
            }
            return request.toString();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /// Whether the client ends the connection, or has done so.
        boolean isEnded() throws IOException {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            try {
                return socket.getInputStream().read() < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
