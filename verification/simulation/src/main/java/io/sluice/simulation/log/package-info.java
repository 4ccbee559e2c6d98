/// The real embedded log store on the simulated disk, driven by one thread, crashed anywhere, and compared with what it promised.
///
/// ```text
///   random steps ──▶ EmbeddedLogStore ──▶ SimulatedDisk
///        │                                     │ crash, boot
///        ▼                                     ▼
///   what was promised  ◀── invariants ──▶  what is there
/// ```
@NullMarked
package io.sluice.simulation.log;

import org.jspecify.annotations.NullMarked;
