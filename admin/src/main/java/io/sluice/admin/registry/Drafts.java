package io.sluice.admin.registry;

import io.sluice.admin.http.Body;
import io.sluice.admin.http.Call;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.registry.RegistryError;
import io.sluice.schema.registry.SchemaDraft;
import io.sluice.schema.registry.SchemaReference;
import io.sluice.schema.registry.StoredSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Schemas as they come and go in bodies: `schema` is the text, `schemaType` is missing where it is `AVRO`.
final class Drafts {
    private Drafts() {}

    static Body body(Call call) {
        if (JsonReader.read(call.request().body()).orElse(null) instanceof JsonObject object) {
            return new Body(object);
        }
        throw Errors.malformed("the body must be a JSON object");
    }

    static SchemaDraft draft(Call call) {
        var body = body(call);
        var text = body.text("schema").orElse("");
        if (text.isBlank()) {
            throw Errors.refused(new RegistryError.InvalidSchema("the body has no schema"));
        }
        return new SchemaDraft(
                type(body.text("schemaType").orElse("AVRO")), text, references(body));
    }

    private static SchemaPolicy.Type type(String word) {
        for (var type : SchemaPolicy.Type.values()) {
            if (type.name().equals(word.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw Errors.refused(
                new RegistryError.InvalidSchema(
                        "the type '" + word + "' is none of AVRO, JSON and PROTOBUF"));
    }

    private static List<SchemaReference> references(Body body) {
        var references = new ArrayList<SchemaReference>();
        if (body.fields().find("references") instanceof Json.Null) {
            return references;
        }
        for (var one : body.objects("references")) {
            references.add(
                    new SchemaReference(
                            one.required("name"),
                            one.required("subject"),
                            (int) one.requiredNumber("version")));
        }
        return references;
    }

    /// Adds what there is to say about a schema.
    static JsonObject put(JsonObject json, StoredSchema schema) {
        var draft = schema.draft();
        if (draft.type() != SchemaPolicy.Type.AVRO) {
            json.put("schemaType", draft.type().name());
        }
        if (!draft.references().isEmpty()) {
            json.put(
                    "references",
                    draft.references().stream()
                            .map(
                                    reference ->
                                            JsonObject.object()
                                                    .put("name", reference.name())
                                                    .put("subject", reference.subject())
                                                    .put("version", reference.version()))
                            .toList());
        }
        return json.put("schema", draft.text());
    }
}
