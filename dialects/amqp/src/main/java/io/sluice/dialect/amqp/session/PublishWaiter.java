package io.sluice.dialect.amqp.session;

/// Numbers publishes, and hears what became of them.
interface PublishWaiter extends AppendWaiter {
    /// The number of a new publish that goes to so many queues.
    long begin(int appends);
}
