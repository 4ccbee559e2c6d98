package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.base.Clock;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.queue.Queue;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dialect beside a running broker and a server of the JDK's, whose answers wait until the test lets them go.
final class PushDialectTest {
    private static final long PATIENCE_SECONDS = 20;

    private final Running running;
    private final Transport transport = new Transport(1, new MemoryBudget(64 << 20));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(0);
    private final HttpServer server;
    private final PushDialect dialect;

    PushDialectTest(@TempDir Path directory) throws IOException {
        running = new Running(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        dialect =
                PushDialect.start(
                        new PushSettings(TargetGuard.of(List.of("127.0.0.1")), "test"),
                        running.broker(),
                        Clock.system(),
                        transport);
    }

    @AfterEach
    void end() throws IOException {
        answers.release(1_000);
        dialect.close();
        transport.close();
        running.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            answers.acquireUninterruptibly();
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().equals("/422") ? 422 : 200, -1);
        }
    }

    @Test
    void endpointsFollowTheCatalog() {
        var orders = queue("orders", pushedTo("/a?secret"));
        var jobs = queue("jobs", pushedTo("/b"));
        var _ = queue("quiet", Map.of());
        await(() -> urls().equals(List.of(url("/b"), url("/a"))));

        var _ = running.change(new CatalogChange.DeleteQueue(jobs.id()));
        await(() -> urls().equals(List.of(url("/a"))));

        var _ = running.change(new CatalogChange.ConfigureQueue(orders.id(), pushedTo("/c")));
        await(() -> urls().equals(List.of(url("/c"))));
    }

    @Test
    void aQueueThatIsAStreamIsNotPushed() {
        var arguments = new HashMap<>(pushedTo("/a"));
        arguments.put("x-queue-type", "\"stream\"");
        var _ = queue("stream", arguments);
        var _ = queue("orders", pushedTo("/b"));

        await(() -> urls().equals(List.of(url("/b"))));
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        var orders = queue("orders", pushedTo("/a"));
        running.publish(orders.part(0), "m");
        await(() -> look().stream().anyMatch(endpoint -> endpoint.inFlight() == 1));
        var closed = CompletableFuture.runAsync(dialect::close, threads);
        await(() -> look().isEmpty());
        assertThat(closed).isNotDone();

        answers.release();

        await(closed::isDone);
        assertThat(running.status(orders.part(0)).acknowledged()).isEqualTo(1);
    }

    /// Five seconds are what requests under way get at most.
    @Test
    void whatIsNotAnsweredBeforeTheEndComesAgainUncounted() {
        var orders = queue("orders", pushedTo("/a"));
        running.publish(orders.part(0), "m");
        await(() -> look().stream().anyMatch(endpoint -> endpoint.inFlight() == 1));

        var closed = CompletableFuture.runAsync(dialect::close, threads);

        await(closed::isDone);
        await(() -> running.status(orders.part(0)).ready() == 1);
        assertThat(running.status(orders.part(0)).acknowledged()).isZero();
    }

    @Test
    void everyPartitionIsPushed() {
        var orders = running.queue("orders", 3, pushedTo("/a"));
        answers.release(3);
        for (int part = 0; part < 3; part++) {
            running.publish(orders.part(part), "m");
        }

        await(() -> answers(look()).equals(Map.of("2xx", 3L)));
    }

    @Test
    void aDeadLetterGoesWhereEitherSettingSays() {
        answers.release(2);
        for (var setting :
                List.of(
                        Map.of("x-sluice-dead-letter-queue", "\"dead\""),
                        Map.of(
                                "x-dead-letter-exchange",
                                "\"\"",
                                "x-dead-letter-routing-key",
                                "\"dead\""))) {
            var dead = queue("dead", Map.of());
            var arguments = new HashMap<>(pushedTo("/422"));
            arguments.putAll(setting);
            var orders = queue("orders", arguments);
            running.publish(orders.part(0), "m");

            await(() -> running.status(dead.part(0)).ready() == 1);
            var _ = running.change(new CatalogChange.DeleteQueue(orders.id()));
            var _ = running.change(new CatalogChange.DeleteQueue(dead.id()));
        }
    }

    @Test
    void anAddressThatIsNotAllowedIsRefused() {
        var beside = url("/a").replace("127.0.0.1", "127.0.0.2");
        var orders =
                queue(
                        "orders",
                        Map.of(
                                "x-sluice-push-url",
                                "\"" + beside + "\"",
                                "x-sluice-retry-initial-ms",
                                "600000"));
        running.publish(orders.part(0), "m");

        await(() -> answers(look()).equals(Map.of("refused_address", 1L)));
    }

    private static Map<String, Long> answers(List<PushEndpointView> views) {
        return views.isEmpty() ? Map.of() : views.getFirst().answers();
    }

    private List<PushEndpointView> look() {
        var views = new CompletableFuture<List<PushEndpointView>>();
        dialect.look(views::complete);
        return views.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private List<String> urls() {
        return look().stream().map(PushEndpointView::url).toList();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Queue queue(String name, Map<String, String> arguments) {
        return running.queue(name, 1, arguments);
    }

    private Map<String, String> pushedTo(String path) {
        return Map.of("x-sluice-push-url", "\"" + url(path) + "\"");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition came in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
