package io.sluice.conformance.torture.policies;

import io.sluice.conformance.process.Ports;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Load;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import io.sluice.conformance.torture.amqp.Session;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Jobs that fail, are tried again, die and are moved back, while the broker is killed.
public final class PolicyLoad implements Load {
    private static final int STOCKTAKING_EVERY = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Ports ports;
    private final Lives lives = new Lives();
    private final Ledger ledger = new Ledger(lives);
    private final Admin admin;
    private final Publisher publisher;
    private final Redriver redriver;
    private final List<Worker> workers;

    public PolicyLoad(Ports ports, Random random) {
        this.ports = ports;
        this.admin = new Admin(ports.admin());
        this.publisher = new Publisher(ports.amqp(), ledger, new Random(random.nextLong()));
        this.redriver = new Redriver(admin, ledger, new Random(random.nextLong()));
        this.workers =
                List.of(
                        new AmqpWorker(
                                "worker-0", ports.amqp(), ledger, new Random(random.nextLong())),
                        new AmqpWorker(
                                "worker-1", ports.amqp(), ledger, new Random(random.nextLong())),
                        new SqsWorker(
                                "worker-2", ports.sqs(), ledger, new Random(random.nextLong())));
    }

    /// @throws UnsupportedOperationException if the broker has no such policies
    @Override
    public void begin() throws Exception {
        declare();
        if (admin.deadLetters().isEmpty()) {
            throw new UnsupportedOperationException("this broker has no policies");
        }
        all().forEach(Worker::start);
    }

    private void declare() throws Exception {
        try (var session = Session.open(ports.amqp(), lives, "torture")) {
            WorkQueue.declare(session.connection());
        }
    }

    @Override
    public long acknowledged() {
        return ledger.confirmed();
    }

    @Override
    public void check() {
        Worker.checkAll(all().toList());
    }

    @Override
    public void killed() {
        lives.end();
    }

    @Override
    public String verify(int round) throws Exception {
        declare();
        if (round % STOCKTAKING_EVERY == 0) {
            takeStock();
            publisher.resume();
            redriver.resume();
        }
        return summary();
    }

    @Override
    public String end() throws Exception {
        takeStock();
        redriver.resume();
        await("not all comes back from the dead letters", () -> ledger.open().isEmpty());
        await("the dead letters do not become empty", () -> isEmpty(WorkQueue.DEAD));
        await("the queue does not become empty", () -> isEmpty(WorkQueue.NAME));
        lives.drained();
        for (var worker : all().toList()) {
            worker.stop();
        }
        for (var worker : all().toList()) {
            worker.join();
        }
        return summary();
    }

    /// Waits until all work is done or dead, and looks whether everything is where it has to be.
    private void takeStock() {
        publisher.rest();
        redriver.rest();
        await("something is still published", publisher::isIdle);
        await("a redrive does not end", redriver::isIdle);
        await("the queue does not become empty", () -> isEmpty(WorkQueue.NAME));
        awaitAllThatIsLeft();
        lives.drained();
    }

    private void awaitAllThatIsLeft() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var missing = admin.deadLetters().map(ledger::missing);
            if (missing.isPresent() && missing.get().isEmpty()) {
                return;
            }
            check();
            if (System.nanoTime() > deadline) {
                throw missing.map(lost -> ledger.lost(lost.getFirst()))
                        .orElseGet(
                                () ->
                                        new Violation(
                                                Invariant.CLIENTS_GO_ON,
                                                "the dead letters cannot be read"));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isEmpty(String queue) {
        return admin.held(queue).filter(held -> held == 0).isPresent();
    }

    private Stream<Worker> all() {
        return Stream.concat(Stream.of(publisher, redriver), workers.stream());
    }

    private String summary() {
        return ledger.summary() + ", " + redriver.begun() + " redrives";
    }

    private void await(String otherwise, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new Violation(
                        Invariant.CLIENTS_GO_ON,
                        otherwise + "; open: " + ledger.open().stream().limit(10).toList());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
