package io.sluice.conformance.torture.policies;

import io.sluice.conformance.torture.Worker;
import io.sluice.conformance.torture.policies.Ledger.Verdict;
import io.sluice.conformance.torture.sqs.Caller;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Works by SQS: deletes, gives back, or forgets.
final class SqsWorker extends Worker {
    private static final int VISIBILITY_SECONDS = 3;
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(VISIBILITY_SECONDS) * 2 / 3;
    private static final int FORGOTTEN_OF = 30;

    private final int port;
    private final Ledger ledger;
    private final Random random;

    SqsWorker(String name, int port, Ledger ledger, Random random) {
        super(name);
        this.port = port;
        this.ledger = ledger;
        this.random = random;
    }

    @Override
    protected void work() {
        try (var caller = new Caller(port, ledger.lives())) {
            var url =
                    caller.untilAnswered(c -> c.getQueueUrl(b -> b.queueName(WorkQueue.NAME)))
                            .queueUrl();
            while (!isStopping()) {
                int life = ledger.lives().now();
                long asked = System.nanoTime();
                for (var message : receive(caller, url)) {
                    deal(caller, url, message, life, asked);
                }
            }
        }
    }

    private static List<Message> receive(Caller caller, String url) {
        return caller.call(
                        c ->
                                c.receiveMessage(
                                        b ->
                                                b.queueUrl(url)
                                                        .maxNumberOfMessages(5)
                                                        .visibilityTimeout(VISIBILITY_SECONDS)
                                                        .waitTimeSeconds(1)))
                .map(got -> got.messages())
                .orElse(List.of());
    }

    private void deal(Caller caller, String url, Message message, int life, long asked) {
        int number = WorkQueue.number(message.body());
        if (System.nanoTime() - asked > SURE_NANOS) {
            return; // By now it may be with somebody else.
        }
        switch (ledger.arrives(number, "", life)) {
            case Verdict.SETTLE -> {
                if (random.nextInt(FORGOTTEN_OF) != 0) {
                    delete(caller, url, message, life, asked);
                }
            }
            case Verdict.FAIL, Verdict.REJECT -> {
                ledger.fails(number, life, 0);
                giveBack(caller, url, message);
            }
            case Verdict.TOO_LATE -> {}
        }
    }

    private void delete(Caller caller, String url, Message message, int life, long asked) {
        int number = WorkQueue.number(message.body());
        var answer =
                caller.call(
                        c ->
                                c.deleteMessage(
                                        b ->
                                                b.queueUrl(url)
                                                        .receiptHandle(message.receiptHandle())));
        boolean sure =
                answer.isPresent()
                        && System.nanoTime() - asked < SURE_NANOS
                        && ledger.lives().now() == life;
        if (sure) {
            ledger.settles(number, life);
        } else {
            ledger.mayHaveSettled(number);
        }
    }

    private void giveBack(Caller caller, String url, Message message) {
        try {
            var _ =
                    caller.call(
                            c ->
                                    c.changeMessageVisibility(
                                            b ->
                                                    b.queueUrl(url)
                                                            .visibilityTimeout(0)
                                                            .receiptHandle(
                                                                    message.receiptHandle())));
        } catch (SqsException refused) {
            if (refused.statusCode() != 400) {
                throw refused;
            }
            // Its time was over.
        }
    }
}
