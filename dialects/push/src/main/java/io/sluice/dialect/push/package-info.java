/// Delivers messages of queues by HTTP, where a queue's policy says so. It asks the queue for messages as any client does, and settles them by what the endpoint
/// answers: retry, dead letters, order and breaker are the queue's.
///
/// ```text
///   catalog ──▶ PushDialect ──▶ Endpoint, one per queue
///                                 │ ▲
///            Queues.receive ◀─────┤ │ ConcurrencyLimit, pauses
///              (PartPull)         │ │
///                     PushRequest ▼ │ Verdict
///                             HttpClient ──▶ endpoint
/// ```
///
/// One thread, the loop, owns all of it and the connections too.
@NullMarked
package io.sluice.dialect.push;

import org.jspecify.annotations.NullMarked;
