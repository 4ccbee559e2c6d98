package io.sluice.conformance.demo.worker;

import io.sluice.conformance.demo.SqsClients;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// Takes payments over SQS: deletes what was charged, and has the rest visible again, where the queue's retry policy says when. SQS has no word
/// for what can never be done: such a payment is tried until its attempts are spent.
final class SqsWorker {
    private static final int LOOPS = 6;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Charging charging;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SqsWorker(Charging charging) {
        this.charging = charging;
    }

    void start(int port, String queue) {
        var sqs = SqsClients.at(port);
        var url = SqsClients.url(port, queue);
        for (int i = 0; i < LOOPS; i++) {
            threads.execute(() -> work(sqs, url));
        }
    }

    private void work(SqsClient sqs, String url) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var received =
                        sqs.receiveMessage(
                                b ->
                                        b.queueUrl(url)
                                                .maxNumberOfMessages(4)
                                                .waitTimeSeconds(2)
                                                .visibilityTimeout(8));
                for (var message : received.messages()) {
                    charge(sqs, url, message);
                }
            } catch (SdkException lost) {
                // The broker is away for a moment, or the message is no longer ours.
                System.err.println("sqs-worker: " + lost.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void charge(SqsClient sqs, String url, Message message) throws InterruptedException {
        switch (charging.charge(message.body())) {
            case CHARGED ->
                    sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()));
            case IMPOSSIBLE, FAILED ->
                    sqs.changeMessageVisibility(
                            b ->
                                    b.queueUrl(url)
                                            .receiptHandle(message.receiptHandle())
                                            .visibilityTimeout(0));
        }
    }
}
