/// A disk that does what disks do when the power goes: what was not forced is kept, lost or torn, sector by sector; a name
/// that was created or moved without forcing its directory may be gone; calls fail, write half, or find no room.
///
/// ```text
///   write ──▶ cached bytes ── force ──▶ durable bytes
///                   │                        │
///                   └── crash: each dirty sector keeps, loses or tears ──▶ what the next boot finds
/// ```
@NullMarked
package io.sluice.simulation.disk;

import org.jspecify.annotations.NullMarked;
