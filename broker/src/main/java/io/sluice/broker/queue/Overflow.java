package io.sluice.broker.queue;

/// What happens to a queue that is at its limit.
public enum Overflow {
    /// The oldest ready messages go, to the dead letters if there are any.
    DROP_HEAD,
    /// New messages are refused with [io.sluice.broker.BrokerError.QueueFull].
    REJECT_PUBLISH,
    /// New messages are refused, and dead-lettered.
    REJECT_PUBLISH_DLX
}
