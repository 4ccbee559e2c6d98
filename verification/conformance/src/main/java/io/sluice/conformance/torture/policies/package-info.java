/// Work that goes wrong on purpose, on a queue with retry, dead letters and redrives, and what its workers were told.
///
/// ```text
///   publisher ──▶ work queue ──▶ workers of AMQP and SQS: settle, fail, reject, die, forget
///                   ▲      │
///             waits └──────┤ tries spent, rejected
///                          ▼
///   redriver ◀── dead letters, looked at without being consumed
///      └──▶ back to the work queue, at a rate, paused and cancelled now and then
/// ```
///
/// What is broken works once it has been seen among the dead letters: as if somebody had repaired the worker meanwhile.
@NullMarked
package io.sluice.conformance.torture.policies;

import org.jspecify.annotations.NullMarked;
