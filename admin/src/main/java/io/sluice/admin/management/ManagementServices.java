package io.sluice.admin.management;

import io.sluice.admin.Loop;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What the API works with.
///
/// @param random for ids and salts: one that nobody can guess
public record ManagementServices(
        Broker broker,
        Connections connections,
        Node node,
        Messages messages,
        Rules rules,
        SqsFacts sqs,
        Loop loop,
        Clock clock,
        RandomGenerator random) {

    /// A random id, of UUID's version 4.
    public UUID newId() {
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    public Asks asks() {
        return new Asks(broker, loop);
    }
}
