package io.sluice.benchmarks;

/// One figure of one run.
///
/// @param name what it is, with its unit, the same for every peer
public record Measure(String name, double value) {}
