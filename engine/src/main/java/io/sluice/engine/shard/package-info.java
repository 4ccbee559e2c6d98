/// Single-writer shards: each is one thread that owns its partitions, so that nothing inside needs a lock.
///
/// ```text
///                 ┌──────────────────────── a shard's turn ────────────────────────┐
///   commands ────▶│ mailbox ─▶ one operation each: decide, append to a log, apply  │──▶ log store
///                 │ completed appends ─▶ high watermark, replies, waiting fetches  │◀── completions
///                 │ timer wheel ─▶ long polls, retention, compaction, checkpoints  │
///                 └────────────────────────────────────────────────────────────────┘
/// ```
@NullMarked
package io.sluice.engine.shard;

import org.jspecify.annotations.NullMarked;
