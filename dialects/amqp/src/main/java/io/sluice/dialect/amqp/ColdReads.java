package io.sluice.dialect.amqp;

/// Where reading may wait for a disk without holding up a connection's loop.
@FunctionalInterface
public interface ColdReads {
    /// Runs `read` soon, on a thread for such. False when there is none any more.
    boolean execute(Runnable read);
}
