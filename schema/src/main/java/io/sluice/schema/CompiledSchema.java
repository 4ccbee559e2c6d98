package io.sluice.schema;

import io.sluice.broker.policy.SchemaPolicy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A schema that values are held against. Immutable, for any thread.
public interface CompiledSchema {
    SchemaPolicy.Type type();

    /// The text in one form for all texts that mean the same: without the white space, comments and so on that do not matter.
    String canonical();

    /// What is wrong with a value, in one sentence; empty: nothing.
    ///
    /// @param value from position to limit, neither of which moves
    Optional<String> problem(ByteBuffer value);

    /// What is wrong with what stands behind a schema's id in a value that names its schema.
    default Optional<String> framedProblem(ByteBuffer payload) {
        return problem(payload);
    }

    /// Why values that were written with `writer`, of the same type, may not be readable with this schema; empty: all of them are.
    List<String> cannotRead(CompiledSchema writer);
}
