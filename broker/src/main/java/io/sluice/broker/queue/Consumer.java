package io.sluice.broker.queue;

/// Somebody who wants a queue's messages.
///
/// @param id from [Queues#nextConsumerId]: smaller ones came first
/// @param owner whose leases its deliveries are: a session's channel, from [Queues#nextConsumerId] too; [Queues#release] gives all of one
///     owner's back
/// @param tag for people to read
/// @param priority higher ones are served first while they have room
/// @param exclusive refused with [io.sluice.broker.BrokerError.InUse] when others consume, and others are refused from then on
/// @param settled deliveries count as settled when they are handed over (AMQP's no-ack)
/// @param unsettledMax deliveries per part that may be unsettled at one time; 0: any number
/// @param windowBytes bytes that may be handed over before [Queues#credit] gives some back; the last message may exceed it
public record Consumer(
        long id,
        long owner,
        String tag,
        int priority,
        boolean exclusive,
        boolean settled,
        int unsettledMax,
        long windowBytes,
        Sink sink) {

    /// Where deliveries go. Called on the thread of the part's shard: it must not block and keeps no part of it waiting.
    public interface Sink {
        void delivered(Delivery delivery);

        /// The queue is gone, or the consumer was thrown out; nothing more will come from this part.
        void cancelled(QueuePart part, long consumer);
    }
}
