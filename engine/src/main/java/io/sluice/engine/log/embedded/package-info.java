/// The log store of one machine: a journal that all logs share, and each log's own segments behind it.
///
/// ```text
///   append ──▶ inbox ──▶ commit batch ──▶ write ──▶ force ──▶ complete        the journal's writer
///                            ▲                         │
///                            └─ the next one fills ────┘
///
///   sealed journal file ──▶ what is still alive ──▶ segments ──▶ checkpoint ──▶ recycle   the settler
/// ```
///
/// Small chunks are copied into the batch; a large one is written once, into its log's segment, and the batch only refers to it.
/// Writer and settler are objects with a `turn()`; a driver each takes their turns, or a simulator both.
@NullMarked
package io.sluice.engine.log.embedded;

import org.jspecify.annotations.NullMarked;
