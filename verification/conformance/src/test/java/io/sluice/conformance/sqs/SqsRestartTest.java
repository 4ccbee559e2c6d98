package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.SqsClients;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// What a killed broker still knows when it is back.
@Conformance
class SqsRestartTest {
    @Test
    void everyAcknowledgedSendUnderLoadIsReceived(BrokerProcess broker, SqsClients sqs)
            throws Exception {
        var url = sqs.queue("load");
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var stopped = new AtomicBoolean();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var sender = 0; sender < 8; sender++) {
                var name = "s" + sender;
                senders.submit(() -> sendUntil(stopped, sqs, url, name, acknowledged));
            }
            Until.holds("there is load", () -> acknowledged.size() > 500);
            broker.kill();
            stopped.set(true);
        }
        broker.start();

        var received = new HashSet<String>();
        Until.holds(
                "all that was acknowledged is received",
                () -> {
                    for (var message :
                            sqs.receive(url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(1))) {
                        received.add(message.body());
                        sqs.delete(url, message);
                    }
                    return received.containsAll(acknowledged);
                });
    }

    private static void sendUntil(
            AtomicBoolean stopped,
            SqsClients sqs,
            String url,
            String name,
            Set<String> acknowledged) {
        for (var round = 0; !stopped.get(); round++) {
            var first = round * 10;
            var entries =
                    IntStream.range(first, first + 10)
                            .mapToObj(
                                    i ->
                                            SendMessageBatchRequestEntry.builder()
                                                    .id("e" + i)
                                                    .messageBody(name + ":" + i)
                                                    .build())
                            .toList();
            try {
                sqs.client()
                        .sendMessageBatch(b -> b.queueUrl(url).entries(entries))
                        .successful()
                        .forEach(done -> acknowledged.add(name + ":" + done.id().substring(1)));
            } catch (SdkException killed) {
                return;
            }
        }
    }

    @Test
    void aReceiptHandleIsStillValid(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("handles", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600"));
        sqs.sendEach(url, "kept", "deleted", "given back");
        var held = sqs.receiveAll(url, 3);

        broker.killAndRestart();

        assertThat(sqs.receive(url, 10)).as("they are still in flight").isEmpty();
        for (var message : held) {
            switch (message.body()) {
                case "deleted" -> sqs.delete(url, message);
                case "given back" -> sqs.hide(url, message, 0);
                default -> sqs.hide(url, message, 600);
            }
        }
        assertThat(
                        SqsClients.bodies(
                                sqs.receive(
                                        url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(5))))
                .containsExactly("given back");
    }

    @Test
    void whatWasDeletedDoesNotComeAgain(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("deleted");
        sqs.sendEach(url, "a", "b", "c");
        for (var message : sqs.receiveAll(url, 3)) {
            if (message.body().equals("c")) {
                sqs.hide(url, message, 0);
            } else {
                sqs.delete(url, message);
            }
        }

        broker.killAndRestart();

        var left = sqs.next(url);
        assertThat(left.body()).isEqualTo("c");
        assertThat(left.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        assertThat(sqs.receive(url, 10)).isEmpty();
    }

    @Test
    void whatWasSentIsStillNotSentAgain(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.fifo("dedup");
        var before = new ArrayList<String>();
        for (var i = 0; i < 100; i++) {
            before.add(sqs.sendTo(url, "g" + i % 7, "m" + i));
        }
        for (var message : sqs.receiveAll(url, 10)) {
            sqs.delete(url, message);
        }

        broker.killAndRestart();

        var after = new ArrayList<String>();
        for (var i = 0; i < 100; i++) {
            after.add(sqs.sendTo(url, "g" + i % 7, "m" + i));
        }
        assertThat(after).isEqualTo(before);
        var bodies = new ArrayList<String>();
        Until.holds(
                "the rest comes once",
                () -> {
                    for (var message : sqs.receive(url, 10)) {
                        bodies.add(message.body());
                        sqs.delete(url, message);
                    }
                    return bodies.size() >= 90;
                });
        assertThat(sqs.receive(url, 10)).isEmpty();
        assertThat(bodies).hasSize(90).doesNotHaveDuplicates();
        var next = sqs.sendTo(url, "g", "new");
        assertThat(next).isGreaterThan(before.getLast());
    }

    @Test
    void aGroupStaysLocked(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.fifo("lock", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600"));
        for (var body : List.of("a", "b")) {
            var _ = sqs.sendTo(url, "g", body);
        }
        var a = sqs.next(url);

        broker.killAndRestart();

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
        sqs.delete(url, a);
        assertThat(sqs.next(url).body()).isEqualTo("b");
    }

    @Test
    void aQueueKeepsItsAttributesTagsAndPolicy(BrokerProcess broker, SqsClients sqs) {
        var letters = sqs.queue("letters");
        var url = sqs.queue("kept", DeadLetters.to(sqs.arn(letters), 3));
        sqs.set(url, QueueAttributeName.VISIBILITY_TIMEOUT, "77");
        var _ = sqs.client().tagQueue(b -> b.queueUrl(url).tags(Map.of("team", "orders")));
        var _ =
                sqs.client()
                        .addPermission(
                                b ->
                                        b.queueUrl(url)
                                                .label("one")
                                                .awsAccountIds("668558765041")
                                                .actions("*"));
        var before = sqs.attributes(url);

        broker.killAndRestart();

        assertThat(sqs.attributes(url)).isEqualTo(before);
        assertThat(sqs.client().listQueueTags(b -> b.queueUrl(url)).tags())
                .containsOnly(Map.entry("team", "orders"));
    }

    @Test
    void aDelayGoesOnWhereItWas(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("delayed");
        var _ =
                sqs.client()
                        .sendMessage(b -> b.queueUrl(url).messageBody("later").delaySeconds(900));
        var _ = sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("soon").delaySeconds(5));

        broker.killAndRestart();

        assertThat(sqs.next(url).body()).isEqualTo("soon");
        assertThat(sqs.receive(url, 10)).isEmpty();
    }

    @Test
    void aSlowMoveTaskGoesOn(BrokerProcess broker, SqsClients sqs) {
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        for (var i = 0; i < 6; i++) {
            var _ = sqs.send(url, "m" + i);
        }
        sqs.receiveAll(url, 6).forEach(message -> sqs.hide(url, message, 0));
        Until.holds(
                "all are dead letters",
                () ->
                        sqs.receive(url, 10).isEmpty()
                                && "6"
                                        .equals(
                                                sqs.attribute(
                                                        letters,
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES)));
        var _ =
                sqs.client()
                        .startMessageMoveTask(
                                b -> b.sourceArn(sqs.arn(letters)).maxNumberOfMessagesPerSecond(1));

        broker.killAndRestart();

        assertThat(SqsClients.bodies(sqs.receiveAll(url, 6)))
                .containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5");
        Until.holds(
                "the task has ended",
                () ->
                        sqs.client()
                                .listMessageMoveTasks(b -> b.sourceArn(sqs.arn(letters)))
                                .results()
                                .getFirst()
                                .status()
                                .toString()
                                .equals("COMPLETED"));
    }

    @Test
    void longPollsWakeAsBefore(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("wake");
        broker.killAndRestart();
        var poll = sqs.async().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(20));
        var start = System.nanoTime();

        var _ = sqs.send(url, "x");

        assertThat(io.sluice.conformance.support.Clients.done(poll).messages()).hasSize(1);
        assertThat(System.nanoTime() - start).isLessThan(15_000_000_000L);
    }
}
