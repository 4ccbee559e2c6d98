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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// HTTP over real sockets. Requests to `/wait` are answered by the test, others at once with what they said.
class HttpTest {
    private static final int BUDGET = 1 << 20;
    private static final int BODY_MAX = 256 * 1024;
    private static final int OPEN_MAX = 4;

    private final MemoryBudget budget = new MemoryBudget(BUDGET);

    /// Of one loop: what was sent before is dealt with before what is sent behind it, on another connection too.
    private final Transport transport = new Transport(1, budget);

    private final BlockingQueue<HttpReply> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<HttpRequest> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch gone = new CountDownLatch(1);

    private Listener listen(Duration idleMax, Duration arrivalMax) throws IOException {
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

    private Listener listen() throws IOException {
        return listen(Duration.ofSeconds(60), Duration.ofSeconds(60));
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

    private record Received(int status, Map<String, String> headers, String body) {}

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Client(Listener listener) throws IOException {
            socket = new Socket();
            socket.connect(listener.address());
            socket.setSoTimeout(10_000);
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

    @AfterEach
    void stop() {
        transport.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private HttpReply nextWaiting() throws InterruptedException {
        var reply = waiting.poll(10, TimeUnit.SECONDS);
        assertThat(reply).isNotNull();
        return reply;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String post(String body) {
        return "POST /p HTTP/1.1\r\nHost: h\r\nX-Test: t\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    // ---- requests and answers

    @Test
    void oneConnectionServesManyRequestsExactlyAsTheyCame() throws IOException {
        var listener = listen();
        try (var client = new Client(listener)) {
            var first = client.send(post("hallo")).receive();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("POST /p? t hallo");
            assertThat(first.headers())
                    .containsKey("Date")
                    .containsEntry("Content-Type", "text/plain; charset=utf-8")
                    .doesNotContainKey("Connection");
            assertThat(client.send(get("/a%20b/c?x=%31&y")).receive().body())
                    .isEqualTo("GET /a%20b/c?x=%31&y null ");
            assertThat(listener.traffic().requests()).isEqualTo(2);
            assertThat(listener.traffic().bytesReceived()).isPositive();
            assertThat(listener.traffic().bytesSent()).isPositive();
        }
    }

    @Test
    void repeatedHeadersAreOne() throws IOException {
        try (var client = new Client(listen())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nx-test: a\r\nX-TEST: b\r\n\r\n");
            assertThat(client.receive().body()).isEqualTo("GET /? a,b ");
        }
    }

    @Test
    void aRequestMayNameTheHostInItsFirstLine() throws IOException {
        try (var client = new Client(listen())) {
            client.send(get("http://elsewhere:80/p?q"));
            assertThat(client.receive().body()).startsWith("GET /p?q");
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequestsHoweverTheyWereGiven() throws Exception {
        try (var client = new Client(listen())) {
            client.send(get("/wait") + get("/wait") + get("/third"));
            var first = nextWaiting();
            var second = nextWaiting();
            second.send(HttpAnswer.text(200, "second"));
            first.send(HttpAnswer.text(200, "first"));
            assertThat(client.receive().body()).isEqualTo("first");
            assertThat(client.receive().body()).isEqualTo("second");
            assertThat(client.receive().body()).startsWith("GET /third");
        }
    }

    @Test
    void onlySoManyRequestsOfOneConnectionAreOpen() throws Exception {
        var listener = listen();
        try (var client = new Client(listener)) {
            client.send(get("/wait").repeat(20));
            List<HttpReply> open = new ArrayList<>();
            for (int i = 0; i < OPEN_MAX; i++) {
                open.add(nextWaiting());
            }
            try (var other = new Client(listener)) {
                other.send(get("/")).receive();
            }
            assertThat(listener.traffic().requests()).isEqualTo(OPEN_MAX + 1);
            for (int i = 0; i < 20; i++) {
                open.get(i).send(HttpAnswer.text(200, "n" + i));
                assertThat(client.receive().body()).isEqualTo("n" + i);
                if (i < 20 - OPEN_MAX) {
                    open.add(nextWaiting());
                }
            }
        }
    }

    @Test
    void aFloodOfSmallRequestsInOnePacketIsAnsweredToTheLast() throws IOException {
        try (var client = new Client(listen())) {
            client.send(get("/s").repeat(1_500));
            for (int i = 0; i < 1_500; i++) {
                assertThat(client.receive().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void chunksAreOneBody() throws Exception {
        try (var client = new Client(listen())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("5\r\nhello\r\n").send("6\r\n world\r\n0\r\n\r\n");
            assertThat(client.receive().body()).isEqualTo("POST /? null hello world");
            await(() -> budget.bytesUsed() == 0);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (var client = new Client(listen())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            assertThat(client.send("abc").receive().body()).isEqualTo("POST /? null abc");
        }
    }

    @Test
    void largeAnswersComeWhole() throws IOException {
        try (var client = new Client(listen())) {
            assertThat(client.send(get("/large")).receive().body()).hasSize(50_000);
            assertThat(client.send(get("/after")).receive().body()).startsWith("GET /after");
        }
    }

    @Test
    void whoWantsToCloseIsClosed() throws IOException {
        try (var client = new Client(listen())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get("/never"));
            assertThat(client.receive().headers()).containsEntry("Connection", "close");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void oldClientsStayWhenTheyAskFor() throws IOException {
        var listener = listen();
        try (var client = new Client(listener)) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.receive().headers()).containsEntry("Connection", "keep-alive");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.receive().headers()).containsEntry("Connection", "close");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    // ---- refusals

    private void isRefused(String request, int status) throws Exception {
        var listener = listen();
        try (var client = new Client(listener)) {
            client.send(request);
            var refusal = client.receive();
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.headers()).containsEntry("Connection", "close");
            assertThat(client.isClosedByPeer()).isTrue();
            assertThat(listener.traffic().requests()).isZero();
            assertThat(budget.bytesUsed()).isZero();
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItComes() throws Exception {
        isRefused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 262145\r\n\r\n", 413);
    }

    @Test
    void chunksThatAreTooManyAreRefused() throws Exception {
        isRefused(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(9),
                413);
    }

    @Test
    void headersThatAreTooLongAreRefused() throws Exception {
        isRefused("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(17_000) + "\r\n\r\n", 431);
        isRefused("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 431);
    }

    @Test
    void onlyGetAndPostAreServed() throws Exception {
        isRefused("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", 405);
        isRefused("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", 405);
        isRefused("BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 405);
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        isRefused("AMQP\u0000\u0000\u0009\u0001\r\n\r\n", 400);
        isRefused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400);
        isRefused("GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    }

    @Test
    void aRequestOfTwoLengthsIsRefused() throws Exception {
        isRefused(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
                400);
    }

    @Test
    void whatIsExpectedInVainIsRefused() throws Exception {
        isRefused(
                "POST / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\nContent-Length: 3\r\n\r\n", 417);
    }

    @Test
    void aRefusalComesBehindTheAnswersToWhatCameBefore() throws Exception {
        try (var client = new Client(listen())) {
            client.send(get("/wait") + "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            nextWaiting().send(HttpAnswer.text(200, "first"));
            assertThat(client.receive().body()).isEqualTo("first");
            assertThat(client.receive().status()).isEqualTo(405);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    // ---- memory

    @Test
    void aBodyIsReservedUntilItsRequestIsAnswered() throws Exception {
        try (var client = new Client(listen())) {
            client.send("POST /wait HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
            await(() -> budget.bytesUsed() == 1000);
            client.send("x".repeat(1000));
            var reply = nextWaiting();
            assertThat(budget.bytesUsed()).isEqualTo(1000);
            reply.send(HttpAnswer.text(200, ""));
            client.receive();
            await(() -> budget.bytesUsed() == 0);
        }
    }

    @Test
    void whatWasAskedIsForgottenWhileTheAnswerIsWaitedFor() throws Exception {
        try (var client = new Client(listen())) {
            var request =
                    "POST /wait HTTP/1.1\r\nHost: h\r\nX-Test: t\r\nContent-Length: 3\r\n\r\nabc";
            client.send(request + request);
            nextWaiting();
            // The second one is handled behind the first.
            nextWaiting();

            var first = asked.remove();
            assertThat(first.header("x-test")).isNull();
            assertThat(first.body().remaining()).isZero();
        }
    }

    @Test
    void aBodyWaitsForMemoryAndThenComesWhole() throws Exception {
        try (var client = new Client(listen())) {
            budget.overdraw(BUDGET);
            client.send(post("x".repeat(200_000)) + get("/behind"));
            budget.release(BUDGET);
            assertThat(client.receive().body()).endsWith("x".repeat(200_000));
            assertThat(client.receive().body()).startsWith("GET /behind");
            await(() -> budget.bytesUsed() == 0);
        }
    }

    @Test
    void whatAClientLeftHalfSentGoesBack() throws Exception {
        var listener = listen();
        try (var client = new Client(listener)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nabc");
            await(() -> budget.bytesUsed() == 1000);
        }
        await(() -> budget.bytesUsed() == 0 && listener.connections() == 0);
    }

    @Test
    void whoLeavesTheLineForMemoryLeavesNothingBehind() throws Exception {
        var listener = listen();
        budget.overdraw(BUDGET);
        try (var client = new Client(listener)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
            await(() -> listener.traffic().bytesReceived() > 0);
            listener.stop(Duration.ZERO);
        }
        await(() -> listener.connections() == 0);
        budget.release(BUDGET);
        await(() -> budget.bytesUsed() == 0);
    }

    // ---- time and ends

    @Test
    void whoeverWaitsForAClientIsToldThatItIsGone() throws Exception {
        var listener = listen();
        HttpReply reply;
        try (var client = new Client(listener)) {
            client.send("POST /wait HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
            reply = nextWaiting();
        }
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        reply.send(HttpAnswer.text(200, "too late"));
        await(() -> budget.bytesUsed() == 0);
    }

    @Test
    void aRequestThatTakesTooLongIsGivenUp() throws Exception {
        var listener = listen(Duration.ofSeconds(60), Duration.ofMillis(100));
        for (var part :
                List.of("GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc")) {
            try (var client = new Client(listener)) {
                assertThat(client.send(part).receive().status()).isEqualTo(408);
                assertThat(client.isClosedByPeer()).isTrue();
            }
        }
        assertThat(budget.bytesUsed()).isZero();
    }

    @Test
    void anIdleConnectionIsClosedAndOneThatWaitsForItsAnswerIsNot() throws Exception {
        var listener = listen(Duration.ofMillis(100), Duration.ofSeconds(60));
        try (var idle = new Client(listener);
                var busy = new Client(listener)) {
            busy.send(get("/wait"));
            var reply = nextWaiting();
            assertThat(idle.isClosedByPeer()).isTrue();
            reply.send(HttpAnswer.text(200, "still here"));
            assertThat(busy.receive().body()).isEqualTo("still here");
        }
    }

    @Test
    void aStoppingListenerAnswersWhatIsOpen() throws Exception {
        var listener = listen();
        try (var client = new Client(listener);
                var quiet = new Client(listener)) {
            assertThat(quiet.send(get("/")).receive().status()).isEqualTo(200);
            client.send(get("/wait"));
            var reply = nextWaiting();
            var stopping = new Thread(() -> listener.stop(Duration.ofSeconds(10)));
            stopping.start();
            assertThat(quiet.isClosedByPeer()).isTrue();
            reply.send(HttpAnswer.text(200, "last"));
            assertThat(client.receive().body()).isEqualTo("last");
            assertThat(client.isClosedByPeer()).isTrue();
            stopping.join(10_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }
}
