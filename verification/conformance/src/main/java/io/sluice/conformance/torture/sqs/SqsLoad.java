package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Load;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Senders and receivers on a standard queue and on a FIFO queue with many groups.
public final class SqsLoad implements Load {
    private static final int SENDERS = 2;
    private static final int GROUPS_PER_SENDER = 8;
    private static final int RECEIVERS = 3;
    private static final int DRAIN_EVERY = 5;
    private static final int VISIBILITY_SECONDS = 5;
    private static final String STANDARD = "torture-standard";
    private static final String FIFO = "torture.fifo";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final int port;
    private final Lives lives = new Lives();
    private final Lanes lanes = new Lanes();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();

    public SqsLoad(int port, Random random) {
        this.port = port;
        for (var number = 0; number < SENDERS; number++) {
            var standard = lane("standard-" + number, false);
            senders.add(sender(STANDARD, false, List.of(standard), random));
            var groups = new ArrayList<Ledger>();
            for (var group = 0; group < GROUPS_PER_SENDER; group++) {
                groups.add(lane("group-" + number + "-" + group, true));
            }
            senders.add(sender(FIFO, true, groups, random));
        }
        for (var number = 0; number < RECEIVERS; number++) {
            receivers.add(receiver(number, STANDARD, false, random));
            receivers.add(receiver(number, FIFO, true, random));
        }
    }

    private Ledger lane(String name, boolean ordered) {
        var ledger = new Ledger(name, ordered, TimeUnit.SECONDS.toNanos(VISIBILITY_SECONDS));
        lanes.add(ledger);
        return ledger;
    }

    private Sender sender(String queue, boolean fifo, List<Ledger> own, Random random) {
        return new Sender(port, queue, fifo, own, lanes, lives, new Random(random.nextLong()));
    }

    private Receiver receiver(int number, String queue, boolean fifo, Random random) {
        return new Receiver(
                "receiver-" + number + "-of-" + queue,
                port,
                queue,
                fifo,
                lanes,
                lives,
                new Random(random.nextLong()));
    }

    /// @throws UnsupportedOperationException if the broker does not serve SQS
    @Override
    public void begin() {
        try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            create();
        } catch (IOException refused) {
            throw new UnsupportedOperationException("this broker does not serve SQS", refused);
        }
        workers().forEach(Worker::start);
    }

    /// The queues are there with these attributes, before and after.
    private void create() {
        var visibility = Integer.toString(VISIBILITY_SECONDS);
        urls.clear();
        urls.add(url(STANDARD, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibility)));
        urls.add(
                url(
                        FIFO,
                        Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                visibility,
                                QueueAttributeName.FIFO_QUEUE,
                                "true")));
    }

    private String url(String queue, Map<QueueAttributeName, String> attributes) {
        try (var caller = new Caller(port, lives)) {
            return caller.untilAnswered(
                            client ->
                                    client.createQueue(
                                            b -> b.queueName(queue).attributes(attributes)))
                    .queueUrl();
        } catch (SqsException refused) {
            throw new Violation(Invariant.QUEUES_ARE_AS_TOLD, "created again: " + refused, refused);
        }
    }

    @Override
    public long acknowledged() {
        return lanes.acknowledged();
    }

    @Override
    public void check() {
        Worker.checkAll(workers().toList());
    }

    @Override
    public void killed() {
        lives.end();
    }

    @Override
    public String verify(int round) {
        create();
        if (round % DRAIN_EVERY == 0) {
            senders.forEach(Sender::rest);
            await(() -> senders.stream().allMatch(Sender::isIdle));
            drain();
            senders.forEach(Sender::resume);
        }
        return lanes.summary();
    }

    @Override
    public String end() throws Exception {
        for (var sender : senders) {
            sender.stop();
            sender.join();
        }
        drain();
        for (var receiver : receivers) {
            receiver.stop();
            receiver.join();
        }
        return lanes.summary();
    }

    private Stream<Worker> workers() {
        return Stream.of(senders, receivers).flatMap(List::stream);
    }

    /// Waits until everything has been received and deleted.
    ///
    /// @throws Violation if something does not come
    private void drain() {
        await(() -> lanes.open().isEmpty());
        try (var caller = new Caller(port, lives)) {
            await(() -> urls.stream().allMatch(url -> isEmpty(caller, url)));
        }
        lanes.drained();
    }

    private void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            check();
            if (System.nanoTime() > deadline) {
                var open = lanes.open();
                throw open.isEmpty()
                        ? new Violation(Invariant.CLIENTS_GO_ON, "the queues do not become empty")
                        : new Violation(
                                Invariant.NO_CONFIRMED_MESSAGE_IS_LOST,
                                open.size() + ", for one " + open.getFirst());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isEmpty(Caller caller, String url) {
        return caller.call(
                        client ->
                                client.getQueueAttributes(
                                        b ->
                                                b.queueUrl(url)
                                                        .attributeNames(QueueAttributeName.ALL)))
                .map(
                        got ->
                                Stream.of(
                                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                                QueueAttributeName
                                                        .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                                QueueAttributeName
                                                        .APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)
                                        .allMatch(name -> "0".equals(got.attributes().get(name))))
                .orElse(false);
    }
}
