/// The whole broker below the dialects (shards, partitions, catalog, log store) on one thread, a simulated clock and a simulated
/// disk, with clients that behave as Kafka's do: they number their batches, send them again until they are answered, and
/// remember what they were told.
///
/// ```text
///   clients ──▶ ShardedBroker ──▶ EmbeddedLogStore ──▶ SimulatedDisk
///      │              (every shard, writer and settler takes its turns when the generator says so)
///      ▼
///   what clients were told ◀── invariants ──▶ what a reader finds
/// ```
@NullMarked
package io.sluice.simulation.broker;

import org.jspecify.annotations.NullMarked;
