package io.sluice.engine.log.embedded;

/// Bytes of a log that are lost or not what was written.
///
/// @param from position of the first one
/// @param to position behind the last one
public record DamagedRange(long from, long to) {}
