package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A connection, and in which of the broker's lives it was opened.
///
/// @param life the broker's life that it belongs to: it can end with that one only
public record Session(Connection connection, Lives lives, int life) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 20_000_000;

    /// Connects as soon as the broker answers.
    ///
    /// @throws Violation if it does not in time
    public static Session open(int port, Lives lives, String name) {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(5_000);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        Exception last;
        do {
            var life = lives.now();
            try {
                var session = new Session(factory.newConnection(name), lives, life);
                if (!session.isStale()) {
                    return session;
                }
                session.close();
                last = new IOException("killed while connecting");
            } catch (IOException | TimeoutException | ShutdownSignalException notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() < deadline);
        throw new Violation(Invariant.CLIENTS_GO_ON, name + " cannot connect: " + last, last);
    }

    /// Whether the broker has been killed since. What comes from such a session tells nothing any more.
    public boolean isStale() {
        return lives.now() != life;
    }

    /// The session has failed with `failure`: returns when the kill is known that explains it.
    ///
    /// @throws Violation if there is none
    public void awaitKill(Exception failure) {
        var told = failure instanceof ShutdownSignalException signal ? signal : null;
        if (failure.getCause() instanceof ShutdownSignalException signal) {
            told = signal;
        }
        if (told != null && told.getReason() != null) {
            throw new Violation(
                    Invariant.CLIENTS_GO_ON,
                    connection.getClientProvidedName() + " was closed with " + told.getReason(),
                    failure);
        }
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isStale()) {
            if (System.nanoTime() > deadline) {
                throw new Violation(
                        Invariant.CLIENTS_GO_ON,
                        connection.getClientProvidedName() + " lost its connection: " + failure,
                        failure);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        try {
            connection.abort(5_000);
        } catch (AlreadyClosedException gone) {
            // That is what we want.
            assert !connection.isOpen() : gone;
        }
    }
}
