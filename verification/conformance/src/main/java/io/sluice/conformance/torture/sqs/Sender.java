package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// Sends one message or ten, to one lane of its own after the other.
final class Sender extends Worker {
    private static final int BACKLOG_MAX = 1_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final int port;
    private final String queue;
    private String url = "";
    private final boolean fifo;
    private final List<Ledger> lanes;
    private final Lanes all;
    private final Lives lives;
    private final Random random;
    private volatile boolean resting;
    private volatile boolean idle;

    /// @param queue by its name
    /// @param own the lanes that nobody else sends to
    Sender(
            int port,
            String queue,
            boolean fifo,
            List<Ledger> own,
            Lanes all,
            Lives lives,
            Random random) {
        super("sender of " + own.getFirst().lane());
        this.port = port;
        this.queue = queue;
        this.fifo = fifo;
        this.lanes = List.copyOf(own);
        this.all = all;
        this.lives = lives;
        this.random = random;
    }

    /// Ends what it has begun and sends nothing more until [#resume].
    void rest() {
        resting = true;
    }

    void resume() {
        resting = false;
    }

    /// Whether all that it has begun is acknowledged, and it begins nothing.
    boolean isIdle() {
        return idle;
    }

    @Override
    protected void work() {
        try (var caller = new Caller(port, lives)) {
            url = caller.untilAnswered(c -> c.getQueueUrl(b -> b.queueName(queue))).queueUrl();
            while (!isStopping()) {
                var lane = lanes.get(random.nextInt(lanes.size()));
                if (resting || lane.backlog() > BACKLOG_MAX) {
                    idle = resting;
                    LockSupport.parkNanos(PAUSE_NANOS);
                } else {
                    idle = false;
                    send(caller, lane, random.nextInt(4) == 0 ? 10 : 1);
                }
            }
        }
    }

    /// Tries until all of it is acknowledged: the same messages where the broker knows them again, new ones where it does not.
    private void send(Caller caller, Ledger lane, int count) {
        var numbers = begin(lane, count);
        var answer = trySend(caller, lane, numbers);
        while (answer.isEmpty()) {
            if (isStopping() && !fifo) {
                return;
            }
            all.triedAgain.increment();
            numbers = fifo ? numbers : begin(lane, count);
            answer = trySend(caller, lane, numbers);
        }
        assert answer.get().failed().isEmpty() : answer.get();
        for (var sent : answer.get().successful()) {
            lane.acknowledge(Integer.parseInt(sent.id()), sent.messageId());
        }
    }

    private static List<Integer> begin(Ledger lane, int count) {
        var numbers = new ArrayList<Integer>();
        while (numbers.size() < count) {
            numbers.add(lane.send());
        }
        return numbers;
    }

    private Optional<SendMessageBatchResponse> trySend(
            Caller caller, Ledger lane, List<Integer> numbers) {
        var entries =
                numbers.stream()
                        .map(
                                number -> {
                                    var entry =
                                            SendMessageBatchRequestEntry.builder()
                                                    .id(Integer.toString(number))
                                                    .messageBody(lane.body(number));
                                    return fifo
                                            ? entry.messageGroupId(lane.lane())
                                                    .messageDeduplicationId(
                                                            lane.lane() + "-" + number)
                                                    .build()
                                            : entry.build();
                                })
                        .toList();
        return caller.call(
                client -> client.sendMessageBatch(b -> b.queueUrl(url).entries(entries)));
    }
}
