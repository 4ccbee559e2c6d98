/// Entries in a log: framed and checksummed, so that a damaged one is noticed and the ones behind it are found again. The catalog
/// and the shards' state logs are written so.
///
/// ```text
///   ┌────────┬─────────┬──────┬────────┬─────────┬──────────────┐
///   │ 0x51CE │ version │ kind │ length │ CRC-32C │   payload    │
///   │  u16   │   u8    │  u8  │  u32   │   u32   │ length bytes │
///   └────────┴─────────┴──────┴────────┴─────────┴──────────────┘
///              checksum: version, kind, length, payload
/// ```
@NullMarked
package io.sluice.engine.entry;

import org.jspecify.annotations.NullMarked;
