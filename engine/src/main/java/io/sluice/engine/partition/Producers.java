package io.sluice.engine.partition;

/// What the partition remembers of its idempotent producers.
final class Producers {}
