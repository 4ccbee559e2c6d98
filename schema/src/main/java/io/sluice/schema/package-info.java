/// What messages must be. The types here are what the languages have in common; each language has a package of its own, which nobody but
/// [io.sluice.schema.SchemaCompiler] knows.
///
/// ```text
///   gate ──▶ registry ──▶ SchemaCompiler ──▶ json, avro, protobuf ──▶ CompiledSchema
///    │                        (text)                                     (bytes)
///    └── wraps the broker's port: every dialect appends through it
/// ```
///
/// Texts and values come from strangers: depth, size and work of everything is bounded, and work is counted rather than timed, so that a record has
/// the same verdict on a busy machine and on an idle one.
@NullMarked
package io.sluice.schema;

import org.jspecify.annotations.NullMarked;
