/// The door: whatever is appended to a topic that demands a schema is held against it before the engine sees it, on the thread of who sends it.
///
/// ```text
///   append ──▶ demands a schema? ──no──▶ engine
///                    │ yes
///                 every record ──all valid──▶ engine
///                    │ some are not
///                    ├── reject ────────▶ refused, nothing is taken
///                    └── dead-letter ───▶ the valid ones to the engine, the others to the dead letters of the topic's queues
/// ```
@NullMarked
package io.sluice.schema.gate;

import org.jspecify.annotations.NullMarked;
