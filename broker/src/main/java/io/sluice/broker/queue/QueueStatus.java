package io.sluice.broker.queue;

import java.util.List;

/// What a queue, or one part of it, holds at one moment.
///
/// @param ready messages that could be handed out now
/// @param leased handed out and not settled
/// @param delayed waiting for their time
/// @param readyBytes bytes of what is ready, about
/// @param published,delivered,acknowledged,redelivered since the process started
/// @param idleSinceMillis wall clock; 0 while it has consumers
public record QueueStatus(
        long ready,
        long leased,
        long delayed,
        long readyBytes,
        long published,
        long delivered,
        long acknowledged,
        long redelivered,
        long idleSinceMillis,
        List<Subscriber> consumers) {
    public QueueStatus {
        consumers = List.copyOf(consumers);
    }

    /// A consumer, as its queue sees it.
    ///
    /// @param active false for one that waits behind a single active consumer
    public record Subscriber(
            long id,
            long owner,
            String tag,
            int priority,
            boolean exclusive,
            boolean settled,
            int unsettledMax,
            boolean active) {}
}
