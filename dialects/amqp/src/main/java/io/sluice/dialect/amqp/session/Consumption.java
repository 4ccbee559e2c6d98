package io.sluice.dialect.amqp.session;

/// What a consumer tag stands for.
sealed interface Consumption permits QueueConsumption, StreamConsumption {
    String tag();

    /// No more deliveries; `then` runs when that is so.
    void cancel(Runnable then);

    /// There may be room that it waited for: for those that have said so, and for all when the channel's limit changes.
    void resume();

    /// The peer has read what was written: there is room for more.
    void credit();

    /// The channel is gone.
    void leave();
}
