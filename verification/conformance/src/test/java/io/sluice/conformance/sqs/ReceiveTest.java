package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// What is received, and how long one waits for it.
@Conformance
class ReceiveTest {
    /// Sooner than the 20 seconds of somebody who is not woken, later than a busy machine needs.
    private static final Duration IN_TIME = Duration.ofSeconds(15);

    @Test
    void aMessageSaysWhereItComesFromAndHowOftenItCame(SqsClients sqs) {
        var url = sqs.queue("attributes", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0"));
        var before = System.currentTimeMillis();
        var _ = sqs.send(url, "x");

        var first = sqs.next(url).attributes();
        var second = sqs.next(url).attributes();

        assertThat(first).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        assertThat(second).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        assertThat(first).containsKey(MessageSystemAttributeName.SENDER_ID);
        var sent = Long.parseLong(first.get(MessageSystemAttributeName.SENT_TIMESTAMP));
        assertThat(sent).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
        assertThat(
                        Long.parseLong(
                                first.get(
                                        MessageSystemAttributeName
                                                .APPROXIMATE_FIRST_RECEIVE_TIMESTAMP)))
                .isGreaterThanOrEqualTo(sent);
        assertThat(second.get(MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP))
                .isEqualTo(
                        first.get(MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP));
    }

    @Test
    void attributesComeOnlyWhenTheyAreAskedFor(SqsClients sqs) {
        var url = sqs.queue("unasked", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0"));
        var _ = sqs.send(url, "x");

        assertThat(
                        sqs.client()
                                .receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(5))
                                .messages()
                                .getFirst()
                                .attributes())
                .isEmpty();
        assertThat(
                        sqs.client()
                                .receiveMessage(
                                        b ->
                                                b.queueUrl(url)
                                                        .waitTimeSeconds(5)
                                                        .messageSystemAttributeNames(
                                                                MessageSystemAttributeName
                                                                        .SENT_TIMESTAMP))
                                .messages()
                                .getFirst()
                                .attributes()
                                .keySet())
                .containsExactly(MessageSystemAttributeName.SENT_TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 11})
    void oneToTenMessagesAreReceivedAtOnce(int max, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("max");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .receiveMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .maxNumberOfMessages(
                                                                                        max)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 21})
    void oneWaitsForTwentySecondsAtMost(int seconds, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("wait");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .receiveMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .waitTimeSeconds(
                                                                                        seconds)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void withoutWishesOneMessageComes(SqsClients sqs) {
        var url = sqs.queue("one");
        sqs.sendEach(url, "a", "b", "c");

        assertThat(sqs.client().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(5)).messages())
                .hasSize(1);
    }

    @Test
    void whoDoesNotWaitIsToldAtOnceThatThereIsNothing(SqsClients sqs) {
        var url = sqs.queue("short");
        var _ = sqs.receive(url, 1);
        var start = System.nanoTime();

        assertThat(sqs.receive(url, 1)).isEmpty();
        assertThat(since(start)).isLessThan(IN_TIME);
    }

    @Test
    void aLongPollEndsWhenItsTimeIsOver(SqsClients sqs) {
        var url = sqs.queue("long");
        var start = System.nanoTime();

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(2))).isEmpty();
        assertThat(since(start)).isBetween(Duration.ofMillis(1_900), IN_TIME);
    }

    @Test
    void theQueueMaySayHowLongOneWaits(SqsClients sqs) {
        var url =
                sqs.queue(
                        "long", Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "2"));
        var start = System.nanoTime();

        assertThat(sqs.receive(url, 1)).isEmpty();
        assertThat(since(start)).isBetween(Duration.ofMillis(1_900), IN_TIME);
    }

    @Test
    void whoeverReceivesKnowsBetterThanTheQueueHowLongToWait(SqsClients sqs) {
        var url =
                sqs.queue(
                        "long", Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20"));
        var start = System.nanoTime();

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(0))).isEmpty();
        assertThat(since(start)).isLessThan(IN_TIME);
    }

    @Test
    void aLongPollWakesWhenSomethingIsSent(SqsClients sqs) {
        var url = sqs.queue("wake");
        var poll = poll(sqs, url);
        // One that has ended came behind it: it does wait.
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
        var start = System.nanoTime();

        var _ = sqs.send(url, "hello");

        assertThat(SqsClients.bodies(Clients.done(poll).messages())).containsExactly("hello");
        assertThat(since(start)).isLessThan(IN_TIME);
    }

    @Test
    void aLongPollWakesWhenADelayEnds(SqsClients sqs) {
        var url = sqs.queue("wake");
        var poll = poll(sqs, url);
        var start = System.nanoTime();

        var _ = sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("x").delaySeconds(2));

        assertThat(Clients.done(poll).messages()).hasSize(1);
        assertThat(since(start)).isBetween(Duration.ofMillis(1_900), IN_TIME);
    }

    @Test
    void aLongPollWakesWhenAMessageBecomesVisibleAgain(SqsClients sqs) {
        var url = sqs.queue("wake", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2"));
        var _ = sqs.send(url, "x");
        var start = System.nanoTime();
        var _ = sqs.next(url);

        assertThat(Clients.done(poll(sqs, url)).messages()).hasSize(1);
        assertThat(since(start)).isBetween(Duration.ofMillis(1_900), IN_TIME);
    }

    @Test
    void aLongPollWakesWhenAMessageIsGivenBack(SqsClients sqs) {
        var url = sqs.queue("wake");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);
        var poll = poll(sqs, url);
        var start = System.nanoTime();

        sqs.hide(url, held, 0);

        assertThat(Clients.done(poll).messages()).hasSize(1);
        assertThat(since(start)).isLessThan(IN_TIME);
    }

    @Test
    void oneMessageWakesOneOfManyLongPolls(SqsClients sqs) {
        var url = sqs.queue("many");
        var polls =
                java.util.stream.IntStream.range(0, 20).mapToObj(_ -> poll(sqs, url, 3)).toList();

        var _ = sqs.send(url, "x");

        assertThat(polls.stream().mapToInt(poll -> Clients.done(poll).messages().size()).sum())
                .isEqualTo(1);
    }

    /// Whoever hangs up while he waits must not swallow what comes later.
    @Test
    void whoHangsUpTakesNothingWithHim(SqsClients sqs) throws Exception {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("hang-up");
        var body = SqsWire.form("ReceiveMessage", "QueueUrl", url, "WaitTimeSeconds", "20");
        try (var socket = new java.net.Socket(sqs.address().host(), sqs.address().port())) {
            var request =
                    "POST / HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\n"
                            + "Content-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body;
            socket.getOutputStream()
                    .write(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            // A poll of ours that has ended came behind that one.
            assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
        }
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();

        var _ = sqs.send(url, "hello");

        assertThat(sqs.next(url).body()).isEqualTo("hello");
    }

    @Test
    void aDelayedMessageIsNotThereYet(SqsClients sqs) {
        var url = sqs.queue("delayed", Map.of(QueueAttributeName.DELAY_SECONDS, "2"));
        var _ = sqs.send(url, "by the queue");
        var _ =
                sqs.client()
                        .sendMessage(b -> b.queueUrl(url).messageBody("at once").delaySeconds(0));

        assertThat(sqs.next(url).body()).isEqualTo("at once");
        assertThat(sqs.receive(url, 10)).isEmpty();
        assertThat(sqs.next(url).body()).isEqualTo("by the queue");
    }

    @Test
    void theReceiverMaySayForHowLongAMessageIsHis(SqsClients sqs) {
        var url = sqs.queue("visibility");
        var _ = sqs.send(url, "x");

        assertThat(sqs.receive(url, b -> b.visibilityTimeout(5).waitTimeSeconds(5))).hasSize(1);
        assertThat(sqs.receive(url, 1)).isEmpty();
        var again = sqs.receive(url, b -> b.visibilityTimeout(0).waitTimeSeconds(20));
        assertThat(again).hasSize(1);
        Until.holds("it is there at once", () -> !sqs.receive(url, 1).isEmpty());
    }

    private static CompletableFuture<ReceiveMessageResponse> poll(SqsClients sqs, String url) {
        return poll(sqs, url, 20);
    }

    private static CompletableFuture<ReceiveMessageResponse> poll(
            SqsClients sqs, String url, int seconds) {
        return sqs.async().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(seconds));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
