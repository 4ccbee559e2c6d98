package io.sluice.schema.gate;

import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.registry.CompiledSchemas;
import io.sluice.schema.registry.CompiledSchemas.Outcome;
import io.sluice.schema.registry.RegistryView;
import io.sluice.schema.registry.Subject;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Holds the values of one batch against what its topic demands.
///
/// ```text
///   ┌──────┬────────┬─────────────────────────────┐
///   │ 0x00 │ id i32 │ value, as the schema has it │   a value that names its schema: one of the subject's
///   └──────┴────────┴─────────────────────────────┘
///   ┌─────────────────────────────────────────────┐
///   │ value                                       │   one that does not: the subject's latest
///   └─────────────────────────────────────────────┘
/// ```
///
/// A value in Avro's binary encoding may begin like one that names a schema. Where the number is none of the subject's, it is taken for that.
final class ValueCheck {
    private static final byte MAGIC = 0;
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private final SchemaPolicy policy;
    private final CompiledSchemas compiled;
    private final RegistryView view;
    private final Subject subject;

    ValueCheck(SchemaPolicy policy, CompiledSchemas compiled, RegistryView view) {
        this.policy = policy;
        this.compiled = compiled;
        this.view = view;
        this.subject = view.subject(policy.subject());
    }

    /// What is wrong with a value; empty: nothing.
    Optional<String> problem(ByteBuffer value) {
        var latest = subject.latest();
        if (latest.isEmpty()) {
            return Optional.of("no schema is registered under the subject " + policy.subject());
        }
        if (value.remaining() < FRAME_BYTES || value.get(value.position()) != MAGIC) {
            return plainProblem(latest.get().schema(), value);
        }
        int id = value.getInt(value.position() + 1);
        if (subject.has(id)) {
            var payload = value.duplicate().position(value.position() + FRAME_BYTES);
            return problem(id, schema -> schema.framedProblem(payload));
        }
        var plain = plainProblem(latest.get().schema(), value);
        return plain.isPresent()
                ? Optional.of(
                        "it names the schema "
                                + Integer.toUnsignedString(id)
                                + ", which is none of the subject "
                                + policy.subject())
                : plain;
    }

    private Optional<String> plainProblem(int id, ByteBuffer value) {
        return problem(id, schema -> schema.problem(value));
    }

    private Optional<String> problem(int id, Question question) {
        return switch (compiled.of(view, id).orElse(null)) {
            case null -> Optional.of("the schema " + id + " is gone");
            case Outcome.Unusable(String reason) ->
                    Optional.of("the schema " + id + " cannot be used: " + reason);
            case Outcome.Usable(CompiledSchema schema) when schema.type() != policy.type() ->
                    Optional.of(
                            "the topic demands "
                                    + policy.type()
                                    + ", the schema "
                                    + id
                                    + " is "
                                    + schema.type());
            case Outcome.Usable(CompiledSchema schema) -> question.ask(schema);
        };
    }

    private interface Question {
        Optional<String> ask(CompiledSchema schema);
    }
}
