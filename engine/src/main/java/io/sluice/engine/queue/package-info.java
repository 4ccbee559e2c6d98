/// The state of a queue over one partition: who holds which message, what is ready, what waits for its time, what is on its way to the dead
/// letters. Pure: no time, no file, no thread.
///
/// ```text
///                      fresh                              high watermark
///   ───────────────────┼──────────────────────────────────┼
///    gone, but for     │ ready, but for holes             │ not durable yet
///    leased, returned, │ (delayed ones)                   │
///    delayed, dying    │                                  │
/// ```
///
/// What is not mentioned is gone below `fresh` and ready above it. So memory goes with what is out of the ordinary, never with the backlog. A queue with
/// priorities lists its ready offsets, in a lane per priority, at about two bytes each.
@NullMarked
package io.sluice.engine.queue;

import org.jspecify.annotations.NullMarked;
