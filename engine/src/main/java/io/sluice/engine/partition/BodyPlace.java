package io.sluice.engine.partition;

/// Where the records of a reference batch lie.
///
/// @param log number of the body log, as [Bodies] knows it
/// @param length of the records section, in bytes
public record BodyPlace(int log, long position, int length) {}
