package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Declares, binds and deletes queues, one after the other.
final class Declarer extends Worker {
    private static final int QUEUES_MAX = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    private final ReentrantLock turn = new ReentrantLock();
    private final int port;
    private final Lives lives;
    private final Declarations declarations;
    private final Random random;
    private int declared;

    Declarer(int port, Lives lives, Declarations declarations, Random random) {
        super("declarer");
        this.port = port;
        this.lives = lives;
        this.declarations = declarations;
        this.random = random;
    }

    /// Runs `check` while nothing is declared.
    void whileResting(Check check) throws Exception {
        turn.lockInterruptibly();
        try {
            check.run();
        } finally {
            turn.unlock();
        }
    }

    /// Something that may go wrong.
    interface Check {
        void run() throws Exception;
    }

    @Override
    protected void work() throws InterruptedException {
        while (!isStopping()) {
            try (var session = Session.open(port, lives, "declarer")) {
                try {
                    var channel = session.connection().createChannel();
                    while (!isStopping()) {
                        operate(channel);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                } catch (IOException | ShutdownSignalException lost) {
                    session.awaitKill(lost);
                }
            }
        }
    }

    private void operate(Channel channel) throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            var existing = declarations.existing();
            if (existing.size() < QUEUES_MAX && (existing.size() < 3 || random.nextBoolean())) {
                declare(channel, "play-" + declared++);
            } else {
                delete(channel, existing.get(random.nextInt(existing.size())));
            }
        } finally {
            turn.unlock();
        }
    }

    private void declare(Channel channel, String queue) throws IOException {
        var ttl = Map.<String, Object>of("x-message-ttl", 1 + random.nextInt(1_000_000));
        channel.queueDeclare(queue, true, false, false, ttl);
        declarations.becomes(queue, true);
        channel.queueBind(queue, "amq.topic", queue + ".#");
    }

    private void delete(Channel channel, String queue) throws IOException {
        declarations.becomesUncertain(queue);
        channel.queueDelete(queue);
        declarations.becomes(queue, false);
    }
}
