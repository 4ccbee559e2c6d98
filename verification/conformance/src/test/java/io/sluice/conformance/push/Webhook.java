package io.sluice.conformance.push;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Somebody's endpoint: remembers what it is sent and answers as it is told.
final class Webhook implements AutoCloseable {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Function<Request, Answer> answers;

    /// One request as it came.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String path, Headers headers, byte[] bytes, long nanos) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /// The header's value; fails when there is none.
        String header(String name) {
            var value = headers.getFirst(name);
            if (value == null) {
                throw new AssertionError("no header " + name + " in " + headers.entrySet());
            }
            return value;
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    /// @param answers called on many threads at once; one that takes its time lets only its own request wait
    Webhook(Function<Request, Answer> answers) {
        this.answers = answers;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static Webhook answering(int status) {
        return new Webhook(_ -> Answer.of(status));
    }

    /// From now on.
    void answer(Function<Request, Answer> others) {
        answers = others;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden";
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> bodies() {
        return requests.stream().map(Request::body).toList();
    }

    /// How many requests were open at one time, at most.
    int mostOpen() {
        return mostOpen.get();
    }

    int open() {
        return open.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            var request =
                    new Request(
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            exchange.getRequestBody().readAllBytes(),
                            System.nanoTime());
            requests.add(request);
            var answer = answers.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            open.decrementAndGet();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
