package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.base.Clock;
import io.sluice.broker.policy.PushPolicy;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import io.sluice.transport.Loop;
import io.sluice.transport.MemoryBudget;
import io.sluice.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An endpoint between a queue that the test plays and a server of the JDK's, whose answers wait until the test lets them go.
final class EndpointTest {
    private static final long TIMEOUT_MILLIS = 20_000;
    private static final UUID TOPIC = new UUID(1, 2);
    private static final Queue QUEUE =
            new Queue(new UUID(3, 4), "/", "q", TOPIC, true, true, false, false, Map.of(), 0);

    private final FakeQueues queues = new FakeQueues();
    private final Transport transport = new Transport(1, new MemoryBudget(64 << 20));
    private final Loop loop = transport.loop("push");
    private final PushServices services =
            new PushServices(
                    queues.port(),
                    loop,
                    transport.httpClient(loop, (_, _) -> true),
                    Clock.system(),
                    "Sluice/test");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(0);
    private final HttpServer server;

    EndpointTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void begin() {
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void end() {
        answers.release(1_000);
        transport.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            answers.acquireUninterruptibly();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Test
    void anEmptyQueueIsAskedOnceAndWaitsForAsLongAsOneMay() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 3), 1);

        await(() -> queues.waiting() == 1);

        assertThat(queues.asked())
                .containsExactly(
                        new Receive(
                                7,
                                3,
                                16 << 20,
                                TIMEOUT_MILLIS + 10_000,
                                20_000,
                                Integer.MAX_VALUE,
                                url("/hook"),
                                true));
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void whatComesFromManyPartsAtOnceAndFindsNoRoomIsGivenBackUntouched() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 4);
        await(() -> queues.waiting() == 4);
        onLoop(
                () -> {
                    for (int part = 0; part < 4; part++) {
                        queues.publish(part(part), "m");
                    }
                    return true;
                });

        await(() -> queues.settled().size() == 3);

        assertThat(queues.settled().values()).containsOnly(Settlement.UNTOUCHED);
        assertThat(look(endpoint).inFlight()).isEqualTo(1);
    }

    @Test
    void neverAreMoreUnderWayThanMayBeAndEveryMessageIsSettled() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 2), 1);
        queues.publish(part(0), "a", "b", "c", "d", "e");
        await(() -> look(endpoint).inFlight() == 2);
        assertThat(queues.settled()).isEmpty();

        answers.release(5);

        await(() -> queues.settled().size() == 5);
        assertThat(queues.settled().values()).containsOnly(Settlement.ACCEPTED);
        assertThat(look(endpoint).answers()).isEqualTo(Map.of("2xx", 5L));
    }

    @Test
    void aPartThatAnswersNothingWithoutTheWaitIsNotAskedAgainAtOnce() {
        queues.shut();
        long begun = System.nanoTime();
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);

        await(() -> queues.asked().size() == 3);

        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void aChangedTimeoutHoldsForTheLeasesFromNowOn() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        await(() -> queues.waiting() == 1);

        onLoop(
                () -> {
                    endpoint.follow(policy(60_000, 1), true, 1);
                    return true;
                });

        await(() -> queues.asked().size() == 2);
        assertThat(queues.asked().getLast().leaseMillis()).isEqualTo(70_000);
    }

    @Test
    void partsThatAreAddedAreAskedToo() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 4), 1);
        onLoop(
                () -> {
                    endpoint.follow(policy(TIMEOUT_MILLIS, 4), true, 3);
                    return true;
                });

        await(() -> queues.waiting() == 3);
        answers.release();
        queues.publish(part(2), "m");
        await(() -> queues.settled().containsKey("2/0"));
    }

    @Test
    void aStopWaitsForWhatIsUnderWayAndTakesNothingMore() {
        var stopped = new CompletableFuture<Boolean>();
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        queues.publish(part(0), "a", "b");
        await(() -> look(endpoint).inFlight() == 1);
        onLoop(
                () -> {
                    endpoint.stop(() -> stopped.complete(true));
                    return true;
                });
        assertThat(stopped).isNotDone();

        answers.release();

        await(stopped::isDone);
        assertThat(queues.settled()).isEqualTo(Map.of("0/0", Settlement.ACCEPTED));
    }

    @Test
    void whatIsAbandonedComesAgainUncounted() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        queues.publish(part(0), "a");
        await(() -> look(endpoint).inFlight() == 1);

        onLoop(
                () -> {
                    endpoint.stop(() -> {});
                    endpoint.abandon();
                    return true;
                });

        assertThat(queues.settled()).isEqualTo(Map.of("0/0", Settlement.UNTOUCHED));
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void anAddressThatIsNoneIsSaidAndNothingIsAsked() {
        var wrong = new PushPolicy("ftp://a/", List.of(), 1_000, 1, Set.of());
        var endpoint = endpoint(wrong, 1);

        assertThat(look(endpoint).problem()).isPresent();
        assertThat(queues.asked()).isEmpty();
    }

    private Endpoint endpoint(PushPolicy policy, int parts) {
        return onLoop(
                () -> {
                    var endpoint = new Endpoint(services, QUEUE, policy, true);
                    endpoint.follow(policy, true, parts);
                    return endpoint;
                });
    }

    private PushPolicy policy(long timeoutMillis, int concurrencyMax) {
        return new PushPolicy(
                url("/hook?token=x"), List.of(), timeoutMillis, concurrencyMax, Set.of());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static QueuePart part(int index) {
        return QUEUE.part(index);
    }

    private PushEndpointView look(Endpoint endpoint) {
        return onLoop(endpoint::view);
    }

    private <T> T onLoop(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        loop.execute(() -> result.complete(task.get()));
        return result.orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition came in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
