package io.sluice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.broker.policy.SchemaPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Schemas and values as texts, for tests.
public final class Texts {
    private Texts() {}

    public static CompiledSchema compiled(SchemaPolicy.Type type, String text) {
        return compiled(new SchemaSource(type, text));
    }

    public static CompiledSchema compiled(SchemaSource source) {
        try {
            return SchemaCompiler.compile(source);
        } catch (InvalidSchemaException invalid) {
            throw new AssertionError(invalid);
        }
    }

    /// Why a schema is refused.
    public static String refusal(SchemaPolicy.Type type, String text) {
        var refused =
                catchThrowableOfType(
                        InvalidSchemaException.class,
                        () -> SchemaCompiler.compile(new SchemaSource(type, text)));
        assertThat(refused).as("a refusal of %s", text).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    public static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    public static ByteBuffer bytes(int... bytes) {
        var buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    public static boolean reads(CompiledSchema reader, CompiledSchema writer) {
        return reader.cannotRead(writer).equals(List.of());
    }
}
