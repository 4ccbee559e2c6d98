package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Load;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Publishers with confirms, consumers with acknowledgements, and somebody who declares and deletes.
public final class AmqpLoad implements Load {
    private static final int PUBLISHERS = 2;
    private static final int RECEIVERS_PER_PLACE = 2;
    private static final int DRAIN_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final int port;
    private final Lives lives = new Lives();
    private final boolean isSluice;
    private final Set<Place> places;
    private final Ledger ledger;
    private final Declarations declarations = new Declarations();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Declarer declarer;

    /// @param isSluice whether the broker promises what Sluice promises. RabbitMQ, when it is killed, forgets deletions just acknowledged,
    ///     loses and doubles dead letters, and its quorum queues hang when clients are back before they have elected a leader
    public AmqpLoad(int port, boolean isSluice, Random random) {
        this.port = port;
        this.isSluice = isSluice;
        this.places =
                isSluice
                        ? EnumSet.allOf(Place.class)
                        : EnumSet.complementOf(EnumSet.of(Place.QUORUM));
        this.ledger = new Ledger(lives, isSluice);
        for (var number = 0; number < PUBLISHERS; number++) {
            publishers.add(
                    new Publisher(number, port, places, ledger, new Random(random.nextLong())));
        }
        for (var place : places) {
            for (var number = 0; number < RECEIVERS_PER_PLACE; number++) {
                var name = "receiver-" + number + "-of-" + place.queue();
                receivers.add(
                        new Receiver(name, place, port, ledger, new Random(random.nextLong())));
            }
        }
        this.declarer = new Declarer(port, lives, declarations, new Random(random.nextLong()));
    }

    @Override
    public void begin() throws Exception {
        try (var session = Session.open(port, lives, "torture")) {
            declareAll(session.connection());
        }
        workers().forEach(Worker::start);
    }

    @Override
    public long acknowledged() {
        return ledger.confirmed();
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
    public String verify(int round) throws Exception {
        try (var session = Session.open(port, lives, "torture")) {
            declareAll(session.connection());
            declarer.whileResting(() -> verifyDeclarations(session.connection()));
            if (round % DRAIN_EVERY == 0) {
                publishers.forEach(Publisher::rest);
                drain(session.connection());
                publishers.forEach(Publisher::resume);
                receivers.forEach(Receiver::resume);
            }
        }
        return ledger.summary() + ", " + declarations.answers() + " declarations";
    }

    @Override
    public String end() throws Exception {
        for (var worker : Stream.concat(publishers.stream(), Stream.of(declarer)).toList()) {
            worker.stop();
            worker.join();
        }
        try (var session = Session.open(port, lives, "torture")) {
            drain(session.connection());
            verifyDeclarations(session.connection());
        }
        for (var receiver : receivers) {
            receiver.stop();
            receiver.join();
        }
        return ledger.summary() + ", " + declarations.answers() + " declarations";
    }

    private void verifyDeclarations(Connection connection) throws IOException, TimeoutException {
        if (isSluice) {
            declarations.verify(connection);
        }
    }

    private Stream<Worker> workers() {
        return Stream.of(publishers, receivers, List.of(declarer)).flatMap(List::stream);
    }

    private void declareAll(Connection connection) throws IOException, TimeoutException {
        var channel = connection.createChannel();
        try {
            for (var place : places) {
                place.declare(channel);
            }
            channel.close();
        } catch (IOException | ShutdownSignalException refused) {
            throw new Violation(
                    Invariant.QUEUES_ARE_AS_TOLD, "declared again: " + refused, refused);
        }
    }

    /// Waits until everything has been received, with the receivers at rest in the end.
    ///
    /// @throws Violation if something does not come
    private void drain(Connection connection) throws IOException, TimeoutException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        await(deadline, () -> publishers.stream().allMatch(Publisher::isIdle));
        do {
            receivers.forEach(Receiver::resume);
            await(deadline, () -> left(connection) == 0 && ledger.open().isEmpty());
            receivers.forEach(Receiver::rest);
            await(deadline, () -> receivers.stream().allMatch(Receiver::isIdle));
        } while (left(connection) > 0);
        lives.drained();
    }

    private void await(long deadline, Condition condition) throws IOException, TimeoutException {
        while (!condition.holds()) {
            check();
            if (System.nanoTime() > deadline) {
                var open = ledger.open();
                throw open.isEmpty()
                        ? new Violation(Invariant.CLIENTS_GO_ON, "the queues do not become empty")
                        : new Violation(
                                Invariant.NO_CONFIRMED_MESSAGE_IS_LOST,
                                open.size() + ", for one copy " + open.getFirst());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private interface Condition {
        boolean holds() throws IOException, TimeoutException;
    }

    /// How many messages nobody holds.
    private long left(Connection connection) throws IOException, TimeoutException {
        try (var channel = connection.createChannel()) {
            var left = 0L;
            for (var place : places) {
                left += channel.messageCount(place.queue());
            }
            return left;
        }
    }
}
