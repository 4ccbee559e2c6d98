package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.HttpAnswer;
import org.junit.jupiter.api.Test;

/// Requests that nobody is asked to answer, and that nothing is served behind.
class HttpRefusalTest extends HttpBench {
    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItComes() throws Exception {
        isRefused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 262145\r\n\r\n", 413);
    }

    @Test
    void chunksThatAreTooManyAreRefused() throws Exception {
        isRefused(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(8)
                        // Short, so that nothing is left to send when the refusal comes.
                        + "1\r\nx\r\n",
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
}
