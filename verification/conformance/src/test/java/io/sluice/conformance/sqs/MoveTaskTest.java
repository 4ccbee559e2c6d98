package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;

/// Dead letters on their way back.
@Conformance
class MoveTaskTest {
    @Test
    void deadLettersGoBackToWhereTheyCameFrom(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        kill(sqs, url, letters, 3);

        var handle =
                sqs.client().startMessageMoveTask(b -> b.sourceArn(sqs.arn(letters))).taskHandle();

        assertThat(new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8))
                .contains("\"taskId\":")
                .contains("\"sourceArn\":\"" + sqs.arn(letters) + "\"");
        Until.holds(
                "all are moved", () -> task(sqs, letters).status().toString().equals("COMPLETED"));
        assertThat(SqsClients.bodies(sqs.receiveAll(url, 3)))
                .containsExactlyInAnyOrder("0", "1", "2");
        assertThat(sqs.receive(letters, 10)).isEmpty();
        var done = task(sqs, letters);
        assertThat(done.approximateNumberOfMessagesMoved()).isEqualTo(3);
        assertThat(done.sourceArn()).isEqualTo(sqs.arn(letters));
        assertThat(done.startedTimestamp()).isPositive();
    }

    @Test
    void theyMayGoElsewhere(SqsClients sqs) {
        var letters = sqs.queue("letters");
        var elsewhere = sqs.queue("elsewhere");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        kill(sqs, url, letters, 2);

        var _ =
                sqs.client()
                        .startMessageMoveTask(
                                b ->
                                        b.sourceArn(sqs.arn(letters))
                                                .destinationArn(sqs.arn(elsewhere)));

        assertThat(SqsClients.bodies(sqs.receiveAll(elsewhere, 2)))
                .containsExactlyInAnyOrder("0", "1");
    }

    @Test
    void aSlowTaskRunsAloneAndCanBeCancelled(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        kill(sqs, url, letters, 10);

        var handle =
                sqs.client()
                        .startMessageMoveTask(
                                b -> b.sourceArn(sqs.arn(letters)).maxNumberOfMessagesPerSecond(1))
                        .taskHandle();
        var running = task(sqs, letters);
        assertThat(running.status()).hasToString("RUNNING");
        assertThat(running.taskHandle()).isEqualTo(handle);
        assertThat(running.maxNumberOfMessagesPerSecond()).isEqualTo(1);

        var second =
                Refused.of(
                        () ->
                                sqs.client()
                                        .startMessageMoveTask(b -> b.sourceArn(sqs.arn(letters))));
        assertThat(second.code())
                .isIn("AWS.SimpleQueueService.UnsupportedOperation", Refused.PARAMETER);
        var moved =
                sqs.client()
                        .cancelMessageMoveTask(b -> b.taskHandle(handle))
                        .approximateNumberOfMessagesMoved();

        assertThat(moved).isLessThan(10);
        Until.holds(
                "it is cancelled",
                () -> task(sqs, letters).status().toString().equals("CANCELLED"));
        assertThat(task(sqs, letters).taskHandle()).as("only a running task has a handle").isNull();
        assertThat(
                        sqs.receiveAll(url, moved.intValue()).size()
                                + sqs.receiveAll(letters, 9 - moved.intValue()).size())
                .isBetween(9, 10);
    }

    @Test
    void whatIsNoQueueOfLettersIsNoSource(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("plain");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .startMessageMoveTask(
                                                                b -> b.sourceArn(sqs.arn(url))))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void aTaskDoesNotMoveFromOneKindOfQueueToTheOther(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var letters = sqs.queue("letters");
        var fifoLetters = sqs.fifo("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        var fifo = sqs.fifo("source", DeadLetters.to(sqs.arn(fifoLetters), 1));
        kill(sqs, url, letters, 1);

        for (var way : List.of(List.of(letters, fifo), List.of(fifoLetters, url))) {
            var refused =
                    Refused.of(
                            () ->
                                    sqs.client()
                                            .startMessageMoveTask(
                                                    b ->
                                                            b.sourceArn(sqs.arn(way.getFirst()))
                                                                    .destinationArn(
                                                                            sqs.arn(
                                                                                    way
                                                                                            .getLast()))));
            assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
            assertThat(refused.text()).contains("both FIFO queues or both standard queues");
            assertThat(
                            sqs.client()
                                    .listMessageMoveTasks(b -> b.sourceArn(sqs.arn(way.getFirst())))
                                    .results())
                    .isEmpty();
        }
        assertThat(sqs.next(letters).body()).isEqualTo("0");
    }

    @Test
    void aTaskWithoutADestinationFailsAndSaysWhy(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var letters = sqs.queue("letters");
        var elsewhere = sqs.queue("elsewhere");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        kill(sqs, url, letters, 10);
        var _ =
                sqs.client()
                        .startMessageMoveTask(
                                b ->
                                        b.sourceArn(sqs.arn(letters))
                                                .destinationArn(sqs.arn(elsewhere))
                                                .maxNumberOfMessagesPerSecond(1));

        var _ = sqs.client().deleteQueue(b -> b.queueUrl(elsewhere));

        Until.holds("it has failed", () -> task(sqs, letters).status().toString().equals("FAILED"));
        assertThat(task(sqs, letters).failureReason()).isEqualTo(Refused.NO_QUEUE);
    }

    private static ListMessageMoveTasksResultEntry task(SqsClients sqs, String letters) {
        return sqs.client()
                .listMessageMoveTasks(b -> b.sourceArn(sqs.arn(letters)))
                .results()
                .getFirst();
    }

    /// Has `count` messages of `url` end as dead letters.
    private static void kill(SqsClients sqs, String url, String letters, int count) {
        IntStream.range(0, count).forEach(i -> sqs.sendEach(url, Integer.toString(i)));
        for (var message : sqs.receiveAll(url, count)) {
            sqs.hide(url, message, 0);
        }
        Until.holds(
                "all are dead letters",
                () -> {
                    var _ = sqs.receive(url, 10);
                    return Integer.toString(count)
                            .equals(
                                    sqs.attribute(
                                            letters,
                                            software.amazon.awssdk.services.sqs.model
                                                    .QueueAttributeName
                                                    .APPROXIMATE_NUMBER_OF_MESSAGES));
                });
    }
}
