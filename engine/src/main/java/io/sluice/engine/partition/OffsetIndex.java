package io.sluice.engine.partition;

/// Where in a log which offset lies: sparse, in memory.
final class OffsetIndex {}
