package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.base.Slice;
import io.sluice.base.Slices;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames and answers over real sockets.
class SocketsTest {
    private static final int FRAME_MAX = 2 << 20;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final MemoryBudget budget = new MemoryBudget(64L << 20);
    private final Transport transport = new Transport(2, budget);

    /// Requests as they come in; the test answers them.
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();

    private final AtomicInteger closed = new AtomicInteger();

    @TempDir Path directory;

    private record Received(String text, Exchange exchange) {
        void answer(String reply) {
            exchange.answer(new Text(reply, new Slices(List.of(), () -> {})));
        }

        void answer(String reply, Slices slices) {
            exchange.answer(new Text(reply, slices));
        }
    }

    /// A text before and the same behind some slices.
    private record Text(String text, Slices slices) implements Answer {
        @Override
        public Outgoing encode(ByteBufAllocator memory) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var out = memory.directBuffer();
            if (slices.slices().isEmpty()) {
                return Outgoing.of(out.writeInt(bytes.length).writeBytes(bytes));
            }
            out.writeInt(Math.toIntExact(2L * bytes.length + slices.bytes())).writeBytes(bytes);
            var splice = new Outgoing.Splice(out.writerIndex(), slices);
            return new Outgoing(out.writeBytes(bytes), List.of(splice));
        }

        @Override
        public void drop() {
            slices.close();
        }
    }

    private final class Recording implements Session {
        @Override
        public void received(Frame frame, Exchange exchange) {
            requests.add(
                    new Received(
                            StandardCharsets.UTF_8.decode(frame.bytes()).toString(), exchange));
        }

        @Override
        public void draining() {}

        @Override
        public void closed() {
            closed.incrementAndGet();
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Client(Listener listener) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(listener.address());
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        Client send(String text) throws IOException {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var frame = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes);
            out.write(frame.array());
            return this;
        }

        String receive() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
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
    void answersLeaveInTheOrderOfTheRequests() throws Exception {
        var listener = listen(IDLE, 10);
        try (var client = new Client(listener)) {
            client.send("first").send("second").send("third");
            var first = next();
            var second = next();
            var third = next();

            third.answer("3");
            second.answer("2");
            first.answer("1");

            assertThat(List.of(client.receive(), client.receive(), client.receive()))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void aWaitingRequestHoldsUpNobodyElse() throws Exception {
        var listener = listen(IDLE, 10);
        try (var waiting = new Client(listener);
                var other = new Client(listener)) {
            waiting.send("wait");
            var held = next();

            other.send("hello");
            next().answer("hello");

            assertThat(other.receive()).isEqualTo("hello");
            held.answer("at last");
            assertThat(waiting.receive()).isEqualTo("at last");
        }
    }

    @Test
    void framesOfAnySizeComeWholeAndTheirMemoryGoesBack() throws Exception {
        var listener = listen(IDLE, 10);
        try (var client = new Client(listener)) {
            for (var size : List.of(1, 100, 10_000, 70_000, 1_000_000, FRAME_MAX, 5)) {
                var text = "x".repeat(size);
                client.send(text);
                var request = next();
                assertThat(request.text()).isEqualTo(text);
                request.answer("ok");
                assertThat(client.receive()).isEqualTo("ok");
            }
        }
        eventually(() -> budget.bytesUsed() == 0);
    }

    @Test
    void storedBytesAreSentFromTheirFileAndUnpinnedOnce() throws Exception {
        var listener = listen(IDLE, 10);
        var text = "0123456789".repeat(100_000);
        var unpinned = new AtomicInteger();
        try (var file = file(text);
                var client = new Client(listener)) {
            for (var settled : List.of(false, true)) {
                client.send("read");
                next().answer(
                                "|",
                                new Slices(
                                        List.of(
                                                new Slice.InMemory(
                                                        ByteBuffer.wrap(
                                                                        "memory"
                                                                                .getBytes(
                                                                                        StandardCharsets
                                                                                                .UTF_8))
                                                                .asReadOnlyBuffer()),
                                                new Slice.InFile(file, 10, 999_980, settled)),
                                        unpinned::incrementAndGet));
                assertThat(client.receive())
                        .isEqualTo("|memory" + text.substring(10, 999_990) + "|");
            }
            eventually(() -> unpinned.get() == 2);
            assertThat(file.isOpen()).isTrue();
        }
    }

    @Test
    void whoDoesNotReadItsAnswersIsNotRead() throws Exception {
        var listener = listen(IDLE, 10);
        var text = "0123456789".repeat(100_000);
        var unpinned = new AtomicInteger();
        try (var file = file(text);
                var client = new Client(listener)) {
            var asked = 4 * FrameConnection.OPEN_MAX;
            var sender =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            for (var i = 0; i < asked; i++) {
                                                client.send("read");
                                            }
                                        } catch (IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    });
            var answered = 0;
            for (var request = requests.poll(10, TimeUnit.SECONDS);
                    request != null;
                    request = requests.poll(500, TimeUnit.MILLISECONDS)) {
                answered++;
                request.answer(
                        "",
                        new Slices(
                                List.of(new Slice.InFile(file, 0, 1_000_000, false)),
                                unpinned::incrementAndGet));
            }
            // A few more than the limit, as the socket takes some of them.
            assertThat(answered).isBetween(FrameConnection.OPEN_MAX, 2 * FrameConnection.OPEN_MAX);

            for (var i = 0; i < answered; i++) {
                assertThat(client.receive()).hasSize(1_000_000);
            }
            assertThat(next().text()).as("and then it is read again").isEqualTo("read");
            sender.join();
        }
        eventually(() -> closed.get() == 1 && unpinned.get() > 0);
    }

    @Test
    void aConnectionThatDiesUnpinsWhatWasOnItsWay() throws Exception {
        var listener = listen(IDLE, 10);
        var unpinned = new AtomicInteger();
        try (var file = file("0123456789".repeat(1_000_000))) {
            var whole = List.<Slice>of(new Slice.InFile(file, 0, 10_000_000, false));
            try (var client = new Client(listener)) {
                client.send("sent").send("ready").send("late");
                var sent = next();
                var ready = next();
                var late = next();
                sent.answer("", new Slices(whole, unpinned::incrementAndGet));
                client.socket.close();
                eventually(() -> closed.get() == 1);
                ready.answer("", new Slices(whole, unpinned::incrementAndGet));
                late.answer("", new Slices(whole, unpinned::incrementAndGet));
            }
            eventually(() -> unpinned.get() == 3);
            eventually(() -> budget.bytesUsed() == 0);
        }
    }

    @Test
    void anOversizedFrameEndsTheConnection() throws Exception {
        var listener = listen(IDLE, 10);
        try (var client = new Client(listener)) {
            client.out.writeInt(FRAME_MAX + 1);

            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(budget.bytesUsed()).isZero();
    }

    @Test
    void anAnswerThatCannotBeEncodedEndsTheConnection() throws Exception {
        var listener = listen(IDLE, 10);
        try (var client = new Client(listener)) {
            client.send("hello");
            next().exchange()
                    .answer(
                            new Answer() {
                                @Override
                                public Outgoing encode(ByteBufAllocator memory) {
                                    throw new IllegalStateException("on purpose");
                                }

                                @Override
                                public void drop() {}
                            });

            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws Exception {
        var listener = listen(IDLE, 1);
        try (var first = new Client(listener)) {
            first.send("hello");
            next().answer("hello");
            assertThat(first.receive()).isEqualTo("hello");
            try (var second = new Client(listener)) {
                assertThat(second.isClosedByPeer()).isTrue();
            }
            assertThat(listener.traffic().refusedConnections()).isEqualTo(1);
        }
        eventually(() -> listener.connections() == 0);
        try (var third = new Client(listener)) {
            third.send("hello");
            next().answer("room again");
            assertThat(third.receive()).isEqualTo("room again");
        }
    }

    @Test
    void anIdleConnectionIsClosedButNotOneThatWaitsForItsAnswer() throws Exception {
        var listener = listen(Duration.ofMillis(200), 10);
        try (var idle = new Client(listener);
                var waiting = new Client(listener)) {
            waiting.send("wait");
            var held = next();

            assertThat(idle.isClosedByPeer()).isTrue();
            held.answer("still there");
            assertThat(waiting.receive()).isEqualTo("still there");
        }
    }

    @Test
    void aListenerThatStopsAnswersWhatIsOpenAndTakesNothingNew() throws Exception {
        var listener = listen(IDLE, 10);
        var stopped = new CountDownLatch(1);
        try (var client = new Client(listener);
                var idle = new Client(listener)) {
            client.send("last");
            var last = next();
            idle.send("hello");
            next().answer("hello");
            idle.receive();
            Thread.ofPlatform()
                    .start(
                            () -> {
                                listener.stop(Duration.ofSeconds(10));
                                stopped.countDown();
                            });

            assertThat(idle.isClosedByPeer()).isTrue();
            last.answer("answered");

            assertThat(client.receive()).isEqualTo("answered");
            assertThat(client.isClosedByPeer()).isTrue();
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Listener listen(Duration idle, int connections) throws IOException {
        return transport.listen(
                new ListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        FRAME_MAX,
                        connections,
                        idle),
                _ -> new Recording());
    }

    private Received next() throws InterruptedException {
        var request = requests.poll(10, TimeUnit.SECONDS);
        assert request != null : "a request came within ten seconds";
        return request;
    }

    private FileChannel file(String text) throws IOException {
        return FileChannel.open(Files.writeString(directory.resolve("stored"), text));
    }

    private static void eventually(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within ten seconds").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
