/// `kill -9`, again and again, under the load of real clients, each time checked against what the clients were told.
///
/// ```text
///   writers ──▶ Lanes       (which record was acknowledged, at which offset)
///   readers ──▶ Commits     (which offset was acknowledged as committed)
///   administrator ──▶ Topics (what was acknowledged as created, altered, deleted)
///                  │
///   kill -9 ──▶ start ──▶ the invariants read everything back and compare
/// ```
///
/// The clients live through the kills: what they retry must be neither lost nor doubled.
@NullMarked
package io.sluice.conformance.torture;

import org.jspecify.annotations.NullMarked;
