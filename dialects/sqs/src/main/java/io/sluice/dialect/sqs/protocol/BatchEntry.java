package io.sluice.dialect.sqs.protocol;

/// One of a batch.
///
/// @param id by which the answer names it
public record BatchEntry<T>(String id, T value) {}
