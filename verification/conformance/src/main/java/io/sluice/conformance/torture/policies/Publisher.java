package io.sluice.conformance.torture.policies;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Worker;
import io.sluice.conformance.torture.amqp.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Publishes jobs in bursts, each of which is confirmed before the next. What a kill leaves unconfirmed may be there or not.
final class Publisher extends Worker {
    private static final int BURST_MAX = 20;
    private static final int OPEN_MAX = 800;
    private static final long CONFIRM_MILLIS_MAX = 60_000;
    private static final long PAUSE_NANOS = 4_000_000;

    private final int port;
    private final Ledger ledger;
    private final Random random;
    private volatile boolean resting;
    private volatile boolean idle;

    Publisher(int port, Ledger ledger, Random random) {
        super("work-publisher");
        this.port = port;
        this.ledger = ledger;
        this.random = random;
    }

    void rest() {
        resting = true;
    }

    void resume() {
        idle = false;
        resting = false;
    }

    /// Whether nothing is under way, and nothing will be until [#resume].
    boolean isIdle() {
        return idle;
    }

    @Override
    protected void work() throws InterruptedException {
        while (!isStopping()) {
            try (var session = Session.open(port, ledger.lives(), "work-publisher")) {
                try {
                    publish(session);
                } catch (IOException | ShutdownSignalException | TimeoutException lost) {
                    session.awaitKill(lost);
                }
            }
        }
        idle = true;
    }

    private void publish(Session session)
            throws IOException, InterruptedException, TimeoutException, AlreadyClosedException {
        var channel = session.connection().createChannel();
        channel.confirmSelect();
        while (!isStopping()) {
            if (resting) {
                idle = true;
            } else if (ledger.open().size() < OPEN_MAX) {
                var burst = new ArrayList<Integer>();
                for (var left = 1 + random.nextInt(BURST_MAX); left > 0; left--) {
                    int number = ledger.open(random);
                    burst.add(number);
                    channel.basicPublish(
                            "",
                            WorkQueue.NAME,
                            true,
                            MessageProperties.PERSISTENT_TEXT_PLAIN,
                            WorkQueue.body(number));
                }
                channel.waitForConfirmsOrDie(CONFIRM_MILLIS_MAX);
                burst.forEach(ledger::confirm);
            }
            LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
            if (!channel.isOpen()) {
                throw channel.getCloseReason();
            }
        }
    }
}
