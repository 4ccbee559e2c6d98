/// Share groups (KIP-932): consumers that take records of a topic as others take messages of a queue. Group `g` on topic `t` is the queue `g/t`, so
/// retries, dead letters and breakers are the queue's, and other protocols may take part.
///
/// ```text
///   ShareFetch ──▶ ShareSessions ──▶ Acknowledging ──▶ Queues.settle
///                                └─▶ Receiving ──────▶ Queues.receive ──▶ ShareFetchAnswer: batches, who holds what
///   ShareAcknowledge ──▶ ShareSessions ──▶ Acknowledging
///
///   ShareQueues    finds and makes the queues
///   ShareSession   what one member wants and holds: pure
/// ```
///
/// Membership is the group coordinator's, see [io.sluice.dialect.kafka.group].
@NullMarked
package io.sluice.dialect.kafka.share;

import org.jspecify.annotations.NullMarked;
