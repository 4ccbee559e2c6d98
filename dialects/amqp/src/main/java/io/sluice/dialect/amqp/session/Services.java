package io.sluice.dialect.amqp.session;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.client.Connections;
import io.sluice.dialect.amqp.AmqpSettings;
import io.sluice.dialect.amqp.ColdReads;
import io.sluice.dialect.amqp.Pressure;
import java.util.random.RandomGenerator;

/// What all sessions of one listener are built from. Any thread may use any of it.
///
/// @param productVersion of Sluice, for clients to read beside RabbitMQ's
/// @param random for names that nobody can guess
public record Services(
        Broker broker,
        AmqpSettings settings,
        String productVersion,
        Clock clock,
        RandomGenerator random,
        Connections connections,
        Pressure pressure,
        ColdReads coldReads,
        ExclusiveOwners owners,
        ReplyAddresses replies,
        TopicGrowth growth) {}
