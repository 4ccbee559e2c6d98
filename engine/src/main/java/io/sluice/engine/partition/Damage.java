package io.sluice.engine.partition;

/// Bytes of a partition's tail that turned out not to be the batches that were written. Its records are lost; those before and after are
/// not.
///
/// @param position where the damage begins in the tail log
/// @param end where the next intact batch begins, or the log ends
/// @param firstOffset the first record that is lost
/// @param nextOffset the first record behind the damage
public record Damage(long position, long end, long firstOffset, long nextOffset) {}
