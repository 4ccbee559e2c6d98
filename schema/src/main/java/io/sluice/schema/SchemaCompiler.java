package io.sluice.schema;

import io.sluice.schema.avro.AvroSchema;
import io.sluice.schema.json.JsonSchema;
import io.sluice.schema.protobuf.ProtobufSchema;

/// Makes of a text what values are held against.
public final class SchemaCompiler {
    /// The largest text of one schema.
    public static final int TEXT_MAX = 1 << 20;

    /// The largest sum of a text and all that it refers to.
    private static final int TEXTS_MAX = 4 << 20;

    private SchemaCompiler() {}

    /// @throws InvalidSchemaException if the text is none, is too large, or refers to what is not among its references
    public static CompiledSchema compile(SchemaSource source) throws InvalidSchemaException {
        if (source.text().length() > TEXT_MAX || source.length() > TEXTS_MAX) {
            throw new InvalidSchemaException(
                    "a schema has at most "
                            + TEXT_MAX
                            + " characters, and "
                            + TEXTS_MAX
                            + " with all that it refers to");
        }
        try {
            return switch (source.type()) {
                case JSON -> JsonSchema.of(source);
                case AVRO -> AvroSchema.of(source);
                case PROTOBUF -> ProtobufSchema.of(source);
            };
        } catch (StackOverflowError deep) {
            throw new InvalidSchemaException("the schema is nested too deep");
        }
    }
}
