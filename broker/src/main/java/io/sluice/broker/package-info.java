/// The port: the one language in which dialects speak to the engine. Commands go in, replies come out, a client's
/// mistake is a [io.sluice.broker.BrokerError]; nothing here does I/O or owns a thread.
///
/// ```text
///   dialect ── command, Reply ──▶ Broker ──▶ the shard that owns the partition
///      ▲                                          │ durable
///      └────────── done(value) / refused(error) ──┘
/// ```
@NullMarked
package io.sluice.broker;

import org.jspecify.annotations.NullMarked;
