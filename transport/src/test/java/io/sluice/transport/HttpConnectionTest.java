package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a connection holds of the memory for requests, and how it ends.
class HttpConnectionTest extends HttpBench {
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
        var listener = listen();
        try (var client = new Client(listener);
                var other = new Client(listener)) {
            budget.overdraw(BUDGET);
            client.send(post("x".repeat(200_000)) + get("/behind"));
            await(() -> listener.traffic().bytesReceived() > 0);
            // Needs no memory, and is answered by the loop that has put the other one in the line.
            other.send(get("/")).receive();
            assertThat(listener.traffic().requests()).isEqualTo(1);
            assertThat(budget.bytesUsed()).isEqualTo(BUDGET);
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

    @Test
    void whoeverWaitsForAClientIsToldThatItIsGone() throws Exception {
        var listener = listen();
        HttpReply reply;
        try (var client = new Client(listener)) {
            client.send("POST /wait HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
            reply = nextWaiting();
        }
        assertThat(gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        reply.send(HttpAnswer.text(200, "too late"));
        await(() -> budget.bytesUsed() == 0);
    }

    @Test
    void aRequestThatTakesTooLongIsGivenUp() throws Exception {
        var listener = listen(PATIENCE, Duration.ofMillis(100));
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
        // So long that the busy one has asked before it counts as idle, on a slow machine too.
        var listener = listen(Duration.ofSeconds(1), PATIENCE);
        try (var busy = new Client(listener)) {
            busy.send(get("/wait"));
            var reply = nextWaiting();
            // Came later, so the busy one has been quiet for longer.
            try (var idle = new Client(listener)) {
                assertThat(idle.isClosedByPeer()).isTrue();
            }
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
            var stopping = new Thread(() -> listener.stop(PATIENCE));
            stopping.start();
            assertThat(quiet.isClosedByPeer()).isTrue();
            reply.send(HttpAnswer.text(200, "last"));
            assertThat(client.receive().body()).isEqualTo("last");
            assertThat(client.isClosedByPeer()).isTrue();
            assertThat(stopping.join(PATIENCE)).isTrue();
        }
    }
}
