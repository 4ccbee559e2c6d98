package io.sluice.dialect.sqs.operation;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.sqs.SqsSettings;
import io.sluice.dialect.sqs.queue.KnownQueues;
import java.util.random.RandomGenerator;

/// What operations work with.
///
/// @param owner whose leases received messages are
/// @param random that nobody can guess, for any thread: for ids of queues, which receipt handles are kept secret with
/// @param numbers that differ, for any thread: for names of messages
public record Services(
        Broker broker,
        KnownQueues queues,
        long owner,
        Clock clock,
        RandomGenerator random,
        RandomGenerator numbers,
        SqsSettings settings,
        FirstReceives firstReceives,
        Attempts attempts,
        RecentDeeds recent) {}
