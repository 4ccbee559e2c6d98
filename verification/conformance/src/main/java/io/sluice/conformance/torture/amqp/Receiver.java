package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Worker;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Consumes one place with changing habits: now and then it leaves with messages in its hands, and comes back as somebody else.
final class Receiver extends Worker {
    private static final long PAUSE_NANOS = 1_000_000;

    private final String name;
    private final Place place;
    private final int port;
    private final Ledger ledger;
    private final Random random;
    private int stays;
    private volatile boolean resting;
    private volatile boolean consuming;

    Receiver(String name, Place place, int port, Ledger ledger, Random random) {
        super(name);
        this.name = name;
        this.place = place;
        this.port = port;
        this.ledger = ledger;
        this.random = random;
    }

    /// Settles what it has and consumes nothing more until [#resume].
    void rest() {
        resting = true;
    }

    void resume() {
        resting = false;
    }

    /// Whether it has nothing in its hands and asks for nothing.
    boolean isIdle() {
        return !consuming;
    }

    @Override
    protected void work() throws InterruptedException {
        while (!isStopping()) {
            try (var session = Session.open(port, ledger.lives(), name)) {
                try {
                    while (!isStopping()) {
                        stay(session);
                    }
                } catch (IOException | TimeoutException | ShutdownSignalException lost) {
                    session.awaitKill(lost);
                } finally {
                    consuming = false;
                }
            }
        }
    }

    private void stay(Session session) throws IOException, InterruptedException, TimeoutException {
        consuming = true;
        // Asked behind the above: whoever sees us idle after he has told us to rest is right.
        if (resting) {
            consuming = false;
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        var consumption = new Consumption(name + "/" + stays++, place, session, ledger, random);
        consumption.run(() -> resting || isStopping());
        consuming = false;
    }
}
