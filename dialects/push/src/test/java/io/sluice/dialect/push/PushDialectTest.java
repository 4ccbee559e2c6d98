package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.Settlement;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The dialect under a catalog that the test makes up.
final class PushDialectTest {
    private static final long PATIENCE_SECONDS = 20;

    private final FakeQueues queues = new FakeQueues();
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private final Transport transport = new Transport(1, new MemoryBudget(64 << 20));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(0);
    private final HttpServer server;
    private final PushDialect dialect;

    PushDialectTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        dialect =
                PushDialect.start(
                        new PushSettings(TargetGuard.of(List.of("127.0.0.1")), "test"),
                        broker(),
                        Clock.system(),
                        transport);
    }

    @AfterEach
    void end() {
        answers.release(1_000);
        dialect.close();
        transport.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            answers.acquireUninterruptibly();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Test
    void endpointsFollowTheCatalog() {
        var orders = queue("orders", "/a?secret");
        var jobs = queue("jobs", "/b");
        exists(orders, jobs, queue("quiet", null));
        await(() -> urls().equals(List.of(url("/b"), url("/a"))));

        exists(orders);
        await(() -> urls().equals(List.of(url("/a"))));

        exists(
                new Queue(
                        orders.id(),
                        "/",
                        "orders",
                        orders.topic(),
                        true,
                        true,
                        false,
                        false,
                        Map.of("x-sluice-push-url", "\"" + url("/c") + "\""),
                        0));
        await(() -> urls().equals(List.of(url("/c"))));
    }

    @Test
    void aQueueThatIsAStreamIsNotPushed() {
        var stream =
                new Queue(
                        new UUID(8, 8),
                        "/",
                        "stream",
                        new UUID(9, 9),
                        true,
                        true,
                        false,
                        false,
                        Map.of(
                                "x-sluice-push-url",
                                "\"" + url("/a") + "\"",
                                "x-queue-type",
                                "\"stream\""),
                        0);
        exists(stream, queue("orders", "/b"));

        await(() -> urls().equals(List.of(url("/b"))));
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        var orders = queue("orders", "/a");
        exists(orders);
        await(() -> queues.waiting() == 1);
        queues.publish(orders.part(0), "m");
        await(() -> look().getFirst().inFlight() == 1 && queues.waiting() == 1);
        var closed = CompletableFuture.runAsync(dialect::close, threads);
        await(() -> queues.waiting() == 0);
        assertThat(closed).isNotDone();

        answers.release();

        await(closed::isDone);
        assertThat(queues.settled()).isEqualTo(Map.of("0/0", Settlement.ACCEPTED));
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

    /// @param path null: it is not pushed
    private Queue queue(String name, @Nullable String path) {
        Map<String, String> arguments =
                path == null ? Map.of() : Map.of("x-sluice-push-url", "\"" + url(path) + "\"");
        var id = new UUID(1, name.hashCode());
        return new Queue(
                id, "/", name, new UUID(2, id.hashCode()), true, true, false, false, arguments, 0);
    }

    private void exists(Queue... all) {
        var catalog =
                (Catalog)
                        Proxy.newProxyInstance(
                                Catalog.class.getClassLoader(),
                                new Class<?>[] {Catalog.class},
                                (_, method, arguments) ->
                                        switch (method.getName()) {
                                            case "queues" -> List.of(all);
                                            case "settings" -> settings((Queue) arguments[0]);
                                            case "topic" -> topic((UUID) arguments[0]);
                                            default ->
                                                    throw new UnsupportedOperationException(
                                                            method.getName());
                                        });
        listeners.forEach(listener -> listener.accept(catalog));
    }

    private static QueueSettings settings(Queue queue) {
        return QueueSettings.of(queue.arguments(), Map.of(), Map.of(), Map.of());
    }

    private static Optional<Topic> topic(UUID id) {
        return Optional.of(new Topic(id, "topic", 1, Map.of(), 0));
    }

    @SuppressWarnings("unchecked") // the port says so
    private Broker broker() {
        return (Broker)
                Proxy.newProxyInstance(
                        Broker.class.getClassLoader(),
                        new Class<?>[] {Broker.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "queues" -> queues.port();
                                    case "onCatalog" ->
                                            listeners.add((Consumer<Catalog>) arguments[0]);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition came in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
