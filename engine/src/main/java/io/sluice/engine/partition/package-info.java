/// One ordered log of records: offsets, index, producers' sequences, retention, compaction. No thread, no clock, no file of its
/// own: its shard's loop calls it, tells the time, and journals the facts it returns.
///
/// ```text
///   decide(batch) ──▶ Accept(base offset)        retention, deleteRecords, checkpoint, compaction
///        │                                              │
///   assign in place, apply, tail.append                 ▼
///        │                                        PartitionFact ──▶ state log
///        ▼ durable                                      │ durable
///   durable(next): the high watermark moves             ▼
///        │                                         apply(fact)
///        ▼
///   read: only what lies below it
///
///   clean log (compacted)          tail log (batches as they came)
///   ├──────────────────────────┤──────────────────────┬─────────────┤
///   start                      before                 high watermark next
/// ```
@NullMarked
package io.sluice.engine.partition;

import org.jspecify.annotations.NullMarked;
