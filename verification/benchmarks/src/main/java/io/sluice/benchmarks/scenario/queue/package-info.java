/// What is measured of queues: RabbitMQ's Java client, the same code for every broker.
///
/// ```text
///   Publisher ──▶ broker ──▶ Receiver       a connection and a thread of their own for each;
///       ▲           │                       confirms come to the publisher's connection
///       └─ Confirms ┘
/// ```
@NullMarked
package io.sluice.benchmarks.scenario.queue;

import org.jspecify.annotations.NullMarked;
