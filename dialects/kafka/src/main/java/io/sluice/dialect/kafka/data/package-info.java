/// The data plane: producing, fetching, and what clients ask before they do either.
///
/// ```text
///   Produce ──▶ BatchGate: checksum, structure, times, keys ──▶ Broker.append ──▶ answer when durable
///   Fetch ──▶ FetchSession: what is wanted ──▶ Broker.fetch ──▶ slices spliced into the answer
/// ```
@NullMarked
package io.sluice.dialect.kafka.data;

import org.jspecify.annotations.NullMarked;
