/// What a queue or topic does by itself when things go wrong: one table of settings, whoever sets them in whatever protocol's way, and the
/// decisions that follow from them. Pure: facts and the time go in, decisions come out.
///
/// ```text
///   Kafka topic and group configs   sluice.retry.initial.ms       ┐
///   RabbitMQ policies               sluice-retry-initial-ms       │ PolicyValues      QueuePolicy
///   AMQP arguments                  x-sluice-retry-initial-ms     ├──────────────▶ (typed, with defaults)
///   attributes (admin API, CLI)     x-sluice-retry-initial-ms     │  the later wins
///   SQS tags                        sluice:retry.initial.ms       ┘
/// ```
@NullMarked
package io.sluice.broker.policy;

import org.jspecify.annotations.NullMarked;
