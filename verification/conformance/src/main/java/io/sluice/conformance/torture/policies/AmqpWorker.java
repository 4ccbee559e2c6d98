package io.sluice.conformance.torture.policies;

import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Worker;
import io.sluice.conformance.torture.amqp.Session;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/// Works by AMQP; now and then it dies with jobs in its hands and is born again.
final class AmqpWorker extends Worker {
    private static final int DEATH_OF = 300;

    private final String name;
    private final int port;
    private final Ledger ledger;
    private final Random random;
    private int lives;

    AmqpWorker(String name, int port, Ledger ledger, Random random) {
        super(name);
        this.name = name;
        this.port = port;
        this.ledger = ledger;
        this.random = random;
    }

    @Override
    protected void work() throws InterruptedException {
        while (!isStopping()) {
            try (var session = Session.open(port, ledger.lives(), name)) {
                try {
                    var hands = new Hands(name + "/" + lives++, session, ledger);
                    hands.begin(1 + random.nextInt(30));
                    int left = 1 + random.nextInt(DEATH_OF);
                    while (!isStopping() && left > 0) {
                        left -= hands.next(random) ? 1 : 0;
                    }
                    hands.drop();
                } catch (IOException | ShutdownSignalException | TimeoutException lost) {
                    session.awaitKill(lost);
                }
            }
        }
    }
}
