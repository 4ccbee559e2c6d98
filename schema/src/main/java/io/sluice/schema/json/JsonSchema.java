package io.sluice.schema.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.ValidationLimitExceededException;
import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.InvalidValueException;
import io.sluice.schema.SchemaSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON Schema. Values are JSON texts.
///
/// `format` is an annotation, as the newer drafts have it: it never makes a value invalid.
public final class JsonSchema implements CompiledSchema {
    /// Keywords that are looked at for one value, so that schemas that fan out come to an end.
    private static final long STEPS_MAX = 200_000;

    /// The same for a schema that is held against its draft's: the largest text needs some millions.
    private static final long SCHEMA_STEPS_MAX = 20_000_000;

    /// Schemas within schemas while looking at one value, so that one which leads to itself comes to an end.
    private static final int DEPTH_MAX = 300;

    private static final int MESSAGE_MAX = 300;

    private final SchemaSource source;
    private final JsonNode node;
    private final Schema schema;

    private JsonSchema(SchemaSource source, JsonNode node, Schema schema) {
        this.source = source;
        this.node = node;
        this.schema = schema;
    }

    /// @throws InvalidSchemaException if the text is no JSON Schema, or refers to what is not among its references
    public static JsonSchema of(SchemaSource source) throws InvalidSchemaException {
        try {
            var node = JsonText.parse(source.text());
            for (var reference : source.references()) {
                JsonText.parse(reference.text());
            }
            if (!node.isObject() && !node.isBoolean()) {
                throw new InvalidSchemaException("a JSON Schema is an object, or true or false");
            }
            var registry = Dialects.registry(source.references());
            var wrong = byItsDraft(registry, node);
            if (wrong.isPresent()) {
                throw new InvalidSchemaException("not a JSON Schema: " + wrong.get());
            }
            var schema = registry.getSchema(SchemaLocation.of(Dialects.BASE + "root"), node);
            schema.initializeValidators();
            return new JsonSchema(source, node, schema);
        } catch (InvalidValueException notJson) {
            throw new InvalidSchemaException(String.valueOf(notJson.getMessage()));
        } catch (SchemaException | IllegalArgumentException refused) {
            throw new InvalidSchemaException(
                    "the JSON Schema is not taken: " + shortened(refused.getMessage()));
        }
    }

    /// What its draft's own schema has to say about it.
    private static Optional<String> byItsDraft(SchemaRegistry registry, JsonNode node) {
        var draft = SchemaLocation.of(Keywords.draft(node));
        return problem(registry.getSchema(draft), node, SCHEMA_STEPS_MAX);
    }

    @Override
    public SchemaPolicy.Type type() {
        return SchemaPolicy.Type.JSON;
    }

    @Override
    public String canonical() {
        return node.toString();
    }

    @Override
    public Optional<String> problem(ByteBuffer value) {
        try {
            return problem(schema, JsonText.parse(value), STEPS_MAX);
        } catch (InvalidValueException notJson) {
            return Optional.of(shortened(notJson.getMessage()));
        }
    }

    private static Optional<String> problem(Schema schema, JsonNode value, long stepsMax) {
        try {
            return ScopedValue.where(Work.CURRENT, new Work())
                    .call(() -> schema.validate(value, run -> limit(run, stepsMax)))
                    .stream()
                    .findFirst()
                    .map(JsonSchema::sentence);
        } catch (ValidationLimitExceededException | StackOverflowError endless) {
            return Optional.of("the schema takes too many steps on this value");
        } catch (Work.SpentException spent) {
            return Optional.of(String.valueOf(spent.getMessage()));
        }
    }

    private static void limit(ExecutionContext execution, long stepsMax) {
        execution.executionConfig(
                config ->
                        config.failFast(true)
                                .formatAssertionsEnabled(false)
                                .maxEvaluationSteps(stepsMax)
                                .maxEvaluationDepth(DEPTH_MAX));
    }

    private static String sentence(Error error) {
        var place = error.getInstanceLocation().toString();
        return shortened((place.isEmpty() ? "" : place + ": ") + error.getMessage());
    }

    private static String shortened(@Nullable String message) {
        var text = String.valueOf(message).strip();
        return text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX) + "..." : text;
    }

    @Override
    public List<String> cannotRead(CompiledSchema writer) {
        var written = (JsonSchema) writer;
        var sameReferences = source.references().equals(written.source.references());
        return new JsonCompatibility(node, written.node, sameReferences).found();
    }
}
