package io.sluice.broker.queue;

/// Somebody asks a queue once for messages, and waits for them if there are none (SQS's ReceiveMessage).
///
/// @param owner whose leases they become, from [Queues#nextConsumerId]
/// @param messagesMax at least 1
/// @param bytesMax of bodies; the first message may exceed it
/// @param leaseMillis how long they are leased; 0: they are ready again at once, counted as handed out
/// @param waitMillis how long to wait for the first message; 0: not at all
/// @param leasedMax refused with [io.sluice.broker.BrokerError.QueueFull] when so many of the queue's messages are leased
/// @param consumer who asks, for people to read; empty: not known
/// @param oneOfKey where the queue is ordered by key ([Order#KEY]): no two of a key, for who does not do them one after the other
public record Receive(
        long owner,
        int messagesMax,
        long bytesMax,
        long leaseMillis,
        long waitMillis,
        int leasedMax,
        String consumer,
        boolean oneOfKey) {
    /// Of somebody who does those of a key one after the other.
    public Receive(
            long owner,
            int messagesMax,
            long bytesMax,
            long leaseMillis,
            long waitMillis,
            int leasedMax,
            String consumer) {
        this(owner, messagesMax, bytesMax, leaseMillis, waitMillis, leasedMax, consumer, false);
    }

    /// Of somebody who has no name.
    public Receive(
            long owner,
            int messagesMax,
            long bytesMax,
            long leaseMillis,
            long waitMillis,
            int leasedMax) {
        this(owner, messagesMax, bytesMax, leaseMillis, waitMillis, leasedMax, "");
    }

    public Receive {
        if (messagesMax < 1 || leaseMillis < 0 || waitMillis < 0) {
            throw new IllegalArgumentException(
                    "at least one message, and no negative times: "
                            + messagesMax
                            + ", "
                            + leaseMillis
                            + ", "
                            + waitMillis);
        }
    }
}
