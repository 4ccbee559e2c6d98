package io.sluice.schema.avro;

import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.InvalidValueException;
import io.sluice.schema.SchemaSource;
import io.sluice.schema.json.JsonText;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/// A schema of Avro. A value that names its schema is in Avro's binary encoding; one that does not may also be in its JSON encoding, as producers whose
/// protocol carries text have no other.
public final class AvroSchema implements CompiledSchema {
    private final Schema schema;

    private AvroSchema(Schema schema) {
        this.schema = schema;
    }

    /// @throws InvalidSchemaException if the text, or one that it refers to, is no schema of Avro
    public static AvroSchema of(SchemaSource source) throws InvalidSchemaException {
        var parser = new Schema.Parser();
        for (var reference : source.references()) {
            parse(parser, reference.text());
        }
        return new AvroSchema(parse(parser, source.text()));
    }

    /// Parsed here first, as Avro's own parser has no limit to its depth.
    private static Schema parse(Schema.Parser parser, String text) throws InvalidSchemaException {
        try {
            if (text.strip().startsWith("{") || text.strip().startsWith("[")) {
                JsonText.parse(text);
            }
            return parser.parse(text);
        } catch (InvalidValueException | AvroRuntimeException invalid) {
            throw new InvalidSchemaException("not an Avro schema: " + invalid.getMessage());
        }
    }

    @Override
    public SchemaPolicy.Type type() {
        return SchemaPolicy.Type.AVRO;
    }

    @Override
    public String canonical() {
        return schema.toString();
    }

    @Override
    public Optional<String> problem(ByteBuffer value) {
        var binary = framedProblem(value);
        if (binary.isEmpty() || !mayBeJson(value)) {
            return binary;
        }
        try {
            AvroJson.check(schema, JsonText.parse(value));
            return Optional.empty();
        } catch (InvalidValueException unfit) {
            return Optional.of("as Avro's JSON: " + unfit.getMessage());
        }
    }

    @Override
    public Optional<String> framedProblem(ByteBuffer payload) {
        try {
            AvroBinary.check(schema, payload);
            return Optional.empty();
        } catch (InvalidValueException unfit) {
            return Optional.of("as Avro's binary: " + unfit.getMessage());
        }
    }

    private static boolean mayBeJson(ByteBuffer value) {
        return value.hasRemaining() && value.get(value.position()) == '{';
    }

    @Override
    public List<String> cannotRead(CompiledSchema writer) {
        var written = ((AvroSchema) writer).schema;
        var result = SchemaCompatibility.checkReaderWriterCompatibility(schema, written);
        if (result.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        var why =
                result.getResult().getIncompatibilities().stream()
                        .map(
                                found ->
                                        found.getType()
                                                + " at "
                                                + found.getLocation()
                                                + ": "
                                                + found.getMessage())
                        .toList();
        return why.isEmpty() ? List.of("not compatible") : why;
    }
}
