package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is asked over HTTP, and what comes back in which order.
class HttpRequestTest extends HttpBench {
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
}
