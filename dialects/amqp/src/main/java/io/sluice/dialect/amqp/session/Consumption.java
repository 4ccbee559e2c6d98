package io.sluice.dialect.amqp.session;

/// What a consumer tag stands for.
sealed interface Consumption permits QueueConsumption, StreamConsumption {
    String tag();

    /// No more deliveries; `then` runs when that is so.
    void cancel(Runnable then);

    /// Goes on if it waited for room.
    void resume();

    /// The peer has read what was written: there is room for more.
    void credit();

    /// The channel is gone.
    void leave();
}
