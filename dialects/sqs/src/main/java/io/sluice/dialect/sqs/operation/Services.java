package io.sluice.dialect.sqs.operation;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.sqs.SqsSettings;
import java.util.random.RandomGenerator;

/// What operations work with.
///
/// @param owner whose leases received messages are
/// @param random that nobody can guess, for any thread
public record Services(
        Broker broker,
        long owner,
        Clock clock,
        RandomGenerator random,
        SqsSettings settings,
        FirstReceives firstReceives,
        Attempts attempts,
        RecentDeeds recent) {}
