package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Streams of bytes over real sockets.
class StreamsTest {
    private static final int BUDGET = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private final Transport transport = new Transport(2, budget);

    /// The sessions as they are opened.
    private final BlockingQueue<Recording> sessions = new LinkedBlockingQueue<>();

    private final AtomicInteger closed = new AtomicInteger();

    /// Says back what it hears, and remembers how it was told.
    private final class Recording implements StreamSession {
        final StreamConnection connection;
        final AtomicLong received = new AtomicLong();
        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger bursts = new AtomicInteger();
        final AtomicInteger largest = new AtomicInteger();
        final AtomicInteger writabilityChanges = new AtomicInteger();
        volatile boolean drained;

        Recording(StreamConnection connection) {
            this.connection = connection;
        }

        @Override
        public void received(ByteBuf bytes) {
            calls.incrementAndGet();
            largest.accumulateAndGet(bytes.readableBytes(), Math::max);
            received.addAndGet(bytes.readableBytes());
            connection.write(connection.allocate(bytes.readableBytes()).writeBytes(bytes));
        }

        @Override
        public void readComplete() {
            bursts.incrementAndGet();
            connection.flush();
        }

        @Override
        public void writabilityChanged() {
            writabilityChanges.incrementAndGet();
        }

        @Override
        public void draining() {
            drained = true;
            say("goodbye");
            connection.close();
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }

        void say(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            connection.write(connection.allocate(bytes.length).writeBytes(bytes));
            connection.flush();
        }

        /// Runs on the loop, and waits until it did.
        void onLoop(Runnable task) {
            var done = new CompletableFuture<Boolean>();
            connection.execute(
                    () -> {
                        task.run();
                        done.complete(true);
                    });
            done.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Client(Listener listener) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(listener.address());
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        Client send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        String receive(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
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

    @Test
    void whatComesInGoesToTheSessionAndWhatItWritesGoesOut() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            assertThat(client.send("hello").receive(5)).isEqualTo("hello");
            assertThat(listener.traffic().bytesReceived()).isEqualTo(5);
            assertThat(listener.traffic().bytesSent()).isEqualTo(5);
            assertThat(budget.bytesUsed()).isZero();
        }
        eventually(() -> closed.get() == 1 && listener.connections() == 0);
    }

    @Test
    void aReadBringsNoMoreThanWasAskedForAndAWholeBurstEndsOnce() throws Exception {
        var listener = listen(10, 1000, 10_000, 1 << 20);
        try (var client = new Client(listener)) {
            var session = next();
            session.onLoop(session.connection::pauseReading);
            client.send("x".repeat(10_000));
            session.onLoop(session.connection::resumeReading);

            assertThat(client.receive(10_000)).hasSize(10_000);
            assertThat(session.largest.get()).isLessThanOrEqualTo(1000);
            assertThat(session.calls.get()).isGreaterThanOrEqualTo(10);
            assertThat(session.bursts.get()).isLessThan(session.calls.get());
        }
    }

    @Test
    void whoPausesReceivesNothingUntilItResumes() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            session.onLoop(session.connection::pauseReading);
            client.send("hello");
            client.socket.setSoTimeout(200);
            assertThatThrownBy(() -> client.receive(1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(session.received.get()).isZero();

            client.socket.setSoTimeout(10_000);
            session.onLoop(session.connection::resumeReading);
            assertThat(client.receive(5)).isEqualTo("hello");
        }
    }

    @Test
    void aSessionHearsWhenItsPeerReadsTooSlowlyAndWhenItHasCaughtUp() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            var said = new AtomicInteger();
            session.onLoop(
                    () -> {
                        while (session.connection.isWritable()) {
                            session.say("0123456789".repeat(10_000));
                            said.addAndGet(100_000);
                        }
                    });
            assertThat(session.writabilityChanges.get()).isPositive();

            assertThat(client.receive(said.get())).hasSize(said.get());
            eventually(() -> session.writabilityChanges.get() % 2 == 0);
            session.onLoop(() -> assertThat(session.connection.isWritable()).isTrue());
        }
    }

    @Test
    void aTaskRunsInTimeOnTheLoopUnlessItIsCancelled() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            session.onLoop(
                    () -> {
                        session.connection.schedule(() -> session.say("never"), 20).cancel();
                        session.connection.schedule(
                                () -> session.say(session.connection.inLoop() ? "here" : "away"),
                                50);
                    });
            assertThat(session.connection.inLoop()).isFalse();
            assertThat(client.receive(4)).isEqualTo("here");
        }
    }

    @Test
    void memoryThatIsNotThereIsWaitedFor() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var rich = new Client(listener);
                var poor = new Client(listener)) {
            var first = next();
            var second = next();
            var granted = new AtomicInteger();
            first.onLoop(() -> assertThat(first.connection.reserve(BUDGET, () -> {})).isTrue());
            second.onLoop(
                    () ->
                            assertThat(
                                            second.connection.reserve(
                                                    1000,
                                                    () -> {
                                                        granted.incrementAndGet();
                                                        second.say("mine");
                                                    }))
                                    .isFalse());
            assertThat(granted.get()).isZero();

            first.connection.release(BUDGET);

            assertThat((second == clientsSession(poor, first, second) ? poor : rich).receive(4))
                    .isEqualTo("mine");
            assertThat(budget.bytesUsed()).isEqualTo(1000);
            second.connection.release(1000);
        }
        assertThat(budget.bytesUsed()).isZero();
    }

    @Test
    void whoDiesInLineForMemoryTakesNone() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            budget.overdraw(BUDGET);
            session.onLoop(
                    () ->
                            assertThat(
                                            session.connection.reserve(
                                                    1000, () -> session.say("granted")))
                                    .isFalse());
            client.socket.close();
            eventually(() -> closed.get() == 1);

            // Enough for others, not for the dead one.
            budget.release(500);
            assertThat(budget.reserve(400)).isTrue();
            budget.release(400 + BUDGET - 500);

            eventually(() -> budget.bytesUsed() == 0);
        }
    }

    @Test
    void whatWasGrantedToOneThatHasDiedMeanwhileGoesBack() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            var mayGoOn = new CountDownLatch(1);
            budget.overdraw(BUDGET);
            // Stands before it in the line, and holds up whoever grants.
            budget.await(1, () -> awaited(mayGoOn));
            session.onLoop(
                    () ->
                            assertThat(
                                            session.connection.reserve(
                                                    1000, () -> session.say("granted")))
                                    .isFalse());
            var releasing = Thread.ofPlatform().start(() -> budget.release(BUDGET));
            eventually(() -> budget.bytesUsed() == 1001);
            client.socket.close();
            eventually(() -> closed.get() == 1);

            mayGoOn.countDown();

            releasing.join();
            eventually(() -> budget.bytesUsed() == 1);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStrangerHasLittleTime() throws Exception {
        var listener = listen(10, 64 * 1024, 200, 64 * 1024);
        try (var stranger = new Client(listener)) {
            next();
            assertThat(stranger.isClosedByPeer()).isTrue();
        }
        try (var friend = new Client(listener)) {
            var session = next();
            session.onLoop(session.connection::authenticated);
            friend.socket.setSoTimeout(500);
            assertThatThrownBy(friend::isClosedByPeer).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aStrangerMaySendLittle() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 1000);
        try (var stranger = new Client(listener)) {
            var session = next();
            stranger.send("x".repeat(1000)).receive(1000);
            stranger.send("x");
            assertThat(stranger.isClosedByPeer()).isTrue();
            assertThat(session.received.get()).isEqualTo(1000);
        }
        try (var friend = new Client(listener)) {
            var session = next();
            friend.send("x".repeat(1000)).receive(1000);
            session.onLoop(session.connection::authenticated);
            assertThat(friend.send("hello").receive(5)).isEqualTo("hello");
        }
    }

    @Test
    void aConnectionClosesWhenItsLastBytesAreSent() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        try (var client = new Client(listener)) {
            var session = next();
            session.onLoop(
                    () -> {
                        session.say("x".repeat(2_000_000));
                        session.connection.close();
                        session.say("too late");
                    });

            assertThat(client.receive(3_000_000)).hasSize(2_000_000);
        }
        eventually(() -> closed.get() == 1);
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws Exception {
        var listener = listen(1, 64 * 1024, 10_000, 64 * 1024);
        try (var first = new Client(listener)) {
            assertThat(first.send("hello").receive(5)).isEqualTo("hello");
            try (var second = new Client(listener)) {
                assertThat(second.isClosedByPeer()).isTrue();
            }
            assertThat(listener.traffic().refusedConnections()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatStopsLetsItsSessionsSayGoodbye() throws Exception {
        var listener = listen(10, 64 * 1024, 10_000, 64 * 1024);
        var stopped = new CountDownLatch(1);
        try (var client = new Client(listener)) {
            var session = next();
            Thread.ofPlatform()
                    .start(
                            () -> {
                                listener.stop(Duration.ofSeconds(10));
                                stopped.countDown();
                            });

            assertThat(client.receive(100)).isEqualTo("goodbye");
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(session.drained).isTrue();
        }
    }

    /// Clients and sessions are not paired by order: asks one of them which it is.
    private static Recording clientsSession(Client client, Recording... among) {
        for (var session : among) {
            if (session.connection.remote().getPort() == client.socket.getLocalPort()) {
                return session;
            }
        }
        throw new AssertionError("no session of " + client.socket);
    }

    private Listener listen(int connections, int perRead, long strangerMillis, int strangerBytes)
            throws IOException {
        return transport.listen(
                new StreamListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        perRead,
                        connections,
                        strangerMillis,
                        strangerBytes),
                connection -> {
                    var session = new Recording(connection);
                    sessions.add(session);
                    return session;
                });
    }

    private Recording next() throws InterruptedException {
        return Objects.requireNonNull(
                sessions.poll(10, TimeUnit.SECONDS), "a session opened within ten seconds");
    }

    private static void eventually(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within ten seconds").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
