package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Receives, and deletes what it got in their order, one by one or together; now and then it gives something back or forgets it.
final class Receiver extends Worker {
    private final String name;
    private final int port;
    private final String queue;
    private String url = "";
    private final boolean fifo;
    private final Lanes lanes;
    private final Lives lives;
    private final Random random;

    Receiver(
            String name,
            int port,
            String queue,
            boolean fifo,
            Lanes lanes,
            Lives lives,
            Random random) {
        super(name);
        this.name = name;
        this.port = port;
        this.queue = queue;
        this.fifo = fifo;
        this.lanes = lanes;
        this.lives = lives;
        this.random = random;
    }

    /// A message that counts, as it is not too late for it.
    private record Held(Message message, Lanes.Place place) {
        void deleting() {
            place.ledger().deleting(place.number());
        }
    }

    @Override
    protected void work() {
        try (var caller = new Caller(port, lives)) {
            url = caller.untilAnswered(c -> c.getQueueUrl(b -> b.queueName(queue))).queueUrl();
            for (var receive = 0; !isStopping(); receive++) {
                var held = receive(caller, name + "/" + receive);
                if (held.isEmpty()) {
                    continue;
                }
                switch (random.nextInt(20)) {
                    case 0 -> giveBack(caller, held);
                    case 1 -> forget();
                    case 2, 3, 4, 5, 6, 7 -> deleteTogether(caller, held);
                    default -> deleteEach(caller, held);
                }
            }
        }
    }

    private List<Held> receive(Caller caller, String by) {
        var asked = System.nanoTime();
        var answer =
                caller.call(
                        client ->
                                client.receiveMessage(
                                        b ->
                                                b.queueUrl(url)
                                                        .maxNumberOfMessages(1 + random.nextInt(10))
                                                        .waitTimeSeconds(1)));
        var messages = answer.map(got -> got.messages()).orElse(List.of());
        var hold = new Hold(by, asked, System.nanoTime());
        var counted = new ArrayList<Held>();
        Map<Ledger, List<Integer>> numbers = new LinkedHashMap<>();
        for (var message : messages) {
            var place = lanes.of(message);
            if (place.ledger().arrive(place.number(), message.body(), message.messageId(), hold)) {
                counted.add(new Held(message, place));
                numbers.computeIfAbsent(place.ledger(), _ -> new ArrayList<>()).add(place.number());
            }
        }
        if (fifo && counted.size() == messages.size()) {
            numbers.forEach(Ledger::checkOrder);
        }
        return counted;
    }

    private void deleteEach(Caller caller, List<Held> held) {
        for (var one : held) {
            one.deleting();
            try {
                var answer =
                        caller.call(
                                client ->
                                        client.deleteMessage(
                                                b ->
                                                        b.queueUrl(url)
                                                                .receiptHandle(
                                                                        one.message()
                                                                                .receiptHandle())));
                if (answer.isEmpty()) {
                    // The rest is left to its time: whoever is sure of nothing does not go on.
                    return;
                }
                deleted(one);
            } catch (SqsException refused) {
                kept(one, refused);
                return;
            }
        }
    }

    private void deleteTogether(Caller caller, List<Held> held) {
        held.forEach(Held::deleting);
        var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
        for (var i = 0; i < held.size(); i++) {
            entries.add(
                    DeleteMessageBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .receiptHandle(held.get(i).message().receiptHandle())
                            .build());
        }
        caller.call(client -> client.deleteMessageBatch(b -> b.queueUrl(url).entries(entries)))
                .ifPresent(
                        answer -> {
                            answer.successful()
                                    .forEach(
                                            done -> deleted(held.get(Integer.parseInt(done.id()))));
                            answer.failed()
                                    .forEach(
                                            failed -> {
                                                var one = held.get(Integer.parseInt(failed.id()));
                                                one.place().ledger().kept(one.place().number());
                                                lanes.expired.increment();
                                            });
                        });
    }

    private void deleted(Held one) {
        one.place().ledger().deleted(one.place().number());
        lanes.deletions.increment();
    }

    /// A FIFO queue refuses to delete what is no longer held; anything else is a failure.
    private void kept(Held one, SqsException refused) {
        if (!fifo || refused.statusCode() != 400) {
            throw refused;
        }
        one.place().ledger().kept(one.place().number());
        lanes.expired.increment();
    }

    private void giveBack(Caller caller, List<Held> held) {
        for (var one : held.reversed()) {
            one.place().ledger().release(one.place().number());
            try {
                var answer =
                        caller.call(
                                client ->
                                        client.changeMessageVisibility(
                                                b ->
                                                        b.queueUrl(url)
                                                                .visibilityTimeout(0)
                                                                .receiptHandle(
                                                                        one.message()
                                                                                .receiptHandle())));
                if (answer.isEmpty()) {
                    return;
                }
                lanes.givenBack.increment();
            } catch (SqsException refused) {
                if (!fifo || refused.statusCode() != 400) {
                    throw refused;
                }
                lanes.expired.increment();
            }
        }
    }

    /// As a client that has crashed: what it held comes again when its time is over.
    private void forget() {
        LockSupport.parkNanos(random.nextInt(1_000_000));
    }
}
