package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpListenerSettings;
import io.sluice.transport.http.HttpReply;
import io.sluice.transport.http.HttpRequest;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// HTTP over real sockets. Requests to `/wait` are answered by the test, others at once with what they said.
abstract class HttpBench {
    static final int BUDGET = 1 << 20;
    static final int BODY_MAX = 256 * 1024;
    static final int OPEN_MAX = 4;

    /// How long a test waits for what must come, on a machine that has much else to do.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final MemoryBudget budget = new MemoryBudget(BUDGET);

    /// Of one loop: what was sent before is dealt with before what is sent behind it, on another connection too.
    final Transport transport = new Transport(1, budget);

    /// What `/wait` was asked, in the order of [#nextWaiting].
    final BlockingQueue<HttpRequest> asked = new LinkedBlockingQueue<>();

    /// The client of a request to `/wait` has left.
    final CountDownLatch gone = new CountDownLatch(1);

    private final BlockingQueue<HttpReply> waiting = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        transport.close();
    }

    Listener listen() throws IOException {
        return listen(PATIENCE, PATIENCE);
    }

    Listener listen(Duration idleMax, Duration arrivalMax) throws IOException {
        return transport.listen(
                new HttpListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        100,
                        16 * 1024,
                        BODY_MAX,
                        OPEN_MAX,
                        idleMax,
                        arrivalMax),
                this::handle);
    }

    private void handle(HttpRequest request, HttpReply reply) {
        if (request.path().equals("/wait")) {
            reply.whenGone(gone::countDown);
            asked.add(request);
            waiting.add(reply);
            return;
        }
        if (request.path().equals("/large")) {
            reply.send(
                    new HttpAnswer(200, "text/plain", Map.of(), ByteBuffer.wrap(new byte[50_000])));
            return;
        }
        var said =
                "%s %s?%s %s %s"
                        .formatted(
                                request.method(),
                                request.path(),
                                request.query(),
                                request.header("x-Test"),
                                StandardCharsets.UTF_8.decode(request.body()));
        reply.send(HttpAnswer.text(200, said));
    }

    /// Of the next request to `/wait`.
    HttpReply nextWaiting() throws InterruptedException {
        var reply = waiting.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).isNotNull();
        return reply;
    }

    static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("nanoseconds left").isPositive();
            Thread.onSpinWait();
        }
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    static String post(String body) {
        return "POST /p HTTP/1.1\r\nHost: h\r\nX-Test: t\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /// @param headers by their names, in whatever case
    record Received(int status, Map<String, String> headers, String body) {}

    /// The other side, which sends what the test says and reads an answer when it is told to.
    static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Client(Listener listener) throws IOException {
            socket = new Socket();
            socket.connect(listener.address());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
                line.append((char) c);
            }
            assertThat(line.toString()).endsWith("\r");
            return line.substring(0, line.length() - 1);
        }

        Received receive() throws IOException {
            var status = line();
            assertThat(status).startsWith("HTTP/1.1 ");
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (var line = line(); !line.isEmpty(); line = line()) {
                var colon = line.indexOf(": ");
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
            var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            return new Received(
                    Integer.parseInt(status.substring(9, 12)),
                    headers,
                    new String(body, StandardCharsets.UTF_8));
        }

        boolean isClosedByPeer() throws IOException {
            return in.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
