/// What Kafka clients were told, and whether it is so.
///
/// ```text
///   writers ──▶ Lanes       (which record was acknowledged, at which offset)
///   readers ──▶ Commits     (which offset was acknowledged as committed)
///   administrator ──▶ Topics (what was acknowledged as created, altered, deleted)
/// ```
///
/// The clients live through the kills: what they retry must be neither lost nor doubled.
@NullMarked
package io.sluice.conformance.torture.kafka;

import org.jspecify.annotations.NullMarked;
