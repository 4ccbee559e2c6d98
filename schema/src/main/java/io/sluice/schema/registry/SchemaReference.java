package io.sluice.schema.registry;

/// That a schema refers to another one.
///
/// @param name how its text calls it
public record SchemaReference(String name, String subject, int version) {}
