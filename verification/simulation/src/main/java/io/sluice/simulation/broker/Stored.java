package io.sluice.simulation.broker;

/// One record as a reader finds it. Its value names its sender and its place in what that one sent.
record Stored(long offset, long producerId, int sequence, int key) {}
