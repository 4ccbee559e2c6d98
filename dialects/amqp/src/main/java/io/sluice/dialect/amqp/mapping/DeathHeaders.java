package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Deaths;
import java.nio.ByteBuffer;

/// Tells a dead letter's receiver how it died, in the headers that RabbitMQ's clients read.
public final class DeathHeaders {
    private DeathHeaders() {}

    /// The properties with `x-death`, `x-first-death-queue`, `-reason` and `-exchange` among the headers and without the expiration. All other
    /// bytes stay what they were.
    ///
    /// @param properties raw, checked
    public static ByteBuffer merged(ByteBuffer properties, Deaths deaths) {
        throw new UnsupportedOperationException("being written");
    }
}
