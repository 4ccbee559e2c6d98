package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import org.jspecify.annotations.Nullable;

/// Hears what became of publishes, which it knows by numbers that grow by one.
interface AppendWaiter {
    /// One append of each of these has come back.
    ///
    /// @param error null: it is as durable as it has to be
    void appended(long first, long last, @Nullable BrokerError error);
}
