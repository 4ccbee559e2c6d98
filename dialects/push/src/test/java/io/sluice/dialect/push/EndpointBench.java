package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.base.Clock;
import io.sluice.broker.policy.PushPolicy;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.transport.Loop;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An endpoint between a queue of a running broker and a server of the JDK's, whose answers wait until the test lets them go. A message that fails is tried once more, at
/// once, and then waits for longer than any test.
abstract class EndpointBench {
    static final long TIMEOUT_MILLIS = 20_000;
    static final int PARTS = 4;

    /// Shorter than a part waits, so that what ends a wait is seen to.
    private static final long PATIENCE_MILLIS = 15_000;

    private static final Map<String, String> RETRY =
            Map.of("x-sluice-retry-immediate", "1", "x-sluice-retry-initial-ms", "600000");

    final Running running;
    final Queue queue;
    final Overheard queues;
    final Loop loop;
    final Semaphore answers = new Semaphore(0);
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Transport transport = new Transport(1, new MemoryBudget(64 << 20));
    private final PushServices services;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /// One as it came.
    record Request(String path, Headers headers, String body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    EndpointBench(Path directory) throws IOException {
        running = new Running(directory);
        queue = running.queue("q", PARTS, RETRY);
        queues = new Overheard(running.broker().queues());
        loop = transport.loop("push");
        services =
                new PushServices(
                        queues.port(),
                        loop,
                        transport.httpClient(loop, (_, _) -> true),
                        Clock.system(),
                        "Sluice/test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void begin() {
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void end() throws IOException {
        answers.release(1_000);
        transport.close();
        running.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /// The address says what is answered: `/status`, or `/status/retry-after`.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(new Request(path, exchange.getRequestHeaders(), body));
            answers.acquireUninterruptibly();
            var said = path.split("/", -1);
            if (said.length > 2) {
                exchange.getResponseHeaders().set("Retry-After", said[2]);
            }
            exchange.sendResponseHeaders(Integer.parseInt(said[1]), -1);
        }
    }

    Endpoint endpoint(PushPolicy policy, int parts) {
        return endpoint(policy, parts, true);
    }

    Endpoint endpoint(PushPolicy policy, int parts, boolean hasDeadLetters) {
        return onLoop(
                () -> {
                    var endpoint = new Endpoint(services, queue, policy, hasDeadLetters);
                    endpoint.follow(policy, hasDeadLetters, parts);
                    return endpoint;
                });
    }

    void follow(Endpoint endpoint, PushPolicy policy, int parts) {
        follow(endpoint, policy, parts, true);
    }

    void follow(Endpoint endpoint, PushPolicy policy, int parts, boolean hasDeadLetters) {
        onLoop(
                () -> {
                    endpoint.follow(policy, hasDeadLetters, parts);
                    return true;
                });
    }

    PushPolicy policy(long timeoutMillis, int concurrencyMax) {
        return new PushPolicy(
                url("/200?token=x"), List.of(), timeoutMillis, concurrencyMax, Set.of());
    }

    /// To somebody who answers that.
    PushPolicy answering(String path) {
        return new PushPolicy(url(path), List.of(), TIMEOUT_MILLIS, 16, Set.of(422));
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    QueuePart part(int index) {
        return queue.part(index);
    }

    PushEndpointView look(Endpoint endpoint) {
        return onLoop(endpoint::view);
    }

    <T> T onLoop(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        loop.execute(() -> result.complete(task.get()));
        return result.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition came in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
