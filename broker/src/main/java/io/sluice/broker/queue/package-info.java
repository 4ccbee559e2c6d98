/// Queues as dialects see them: a subscription over a topic's partitions with a state per message.
///
/// ```text
///              publish                      acquire                     settle
///   (delayed) ────────▶ READY ────────────────────────▶ LEASED ───────────────────▶ gone
///       ▲                 ▲                               │ │
///       │ delay           │  released, deadline, closed   │ │ rejected, attempts spent, expired
///       └─────────────────┴───────────────────────────────┘ └──────────────▶ DEAD LETTER
/// ```
///
/// A queue has one [io.sluice.broker.queue.QueuePart] per partition of its topic; each belongs to the shard that owns the partition.
@NullMarked
package io.sluice.broker.queue;

import org.jspecify.annotations.NullMarked;
