package io.sluice.schema.registry;

import io.sluice.broker.policy.SchemaPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A schema that has a number.
///
/// @param fingerprint equal for schemas that mean the same and refer to the same
public record StoredSchema(int id, SchemaDraft draft, String fingerprint) {
    /// The kind of settings that they are kept as, by their number.
    static final String KIND = "schema-id";

    private static final String TYPE = "type";
    private static final String TEXT = "text";
    private static final String FINGERPRINT = "fingerprint";
    private static final String REFERENCE = "reference.";

    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put(TYPE, draft.type().name());
        settings.put(TEXT, draft.text());
        settings.put(FINGERPRINT, fingerprint);
        for (int i = 0; i < draft.references().size(); i++) {
            var reference = draft.references().get(i);
            settings.put(REFERENCE + i + ".name", reference.name());
            settings.put(REFERENCE + i + ".subject", reference.subject());
            settings.put(REFERENCE + i + ".version", Integer.toString(reference.version()));
        }
        return settings;
    }

    /// @return empty for settings that are none of a schema's
    static Optional<StoredSchema> of(int id, Map<String, String> settings) {
        var text = settings.get(TEXT);
        var type = settings.get(TYPE);
        if (text == null || type == null) {
            return Optional.empty();
        }
        var draft = new SchemaDraft(SchemaPolicy.Type.valueOf(type), text, references(settings));
        return Optional.of(new StoredSchema(id, draft, settings.getOrDefault(FINGERPRINT, "")));
    }

    private static List<SchemaReference> references(Map<String, String> settings) {
        var references = new ArrayList<SchemaReference>();
        for (int i = 0; settings.containsKey(REFERENCE + i + ".name"); i++) {
            references.add(
                    new SchemaReference(
                            settings.getOrDefault(REFERENCE + i + ".name", ""),
                            settings.getOrDefault(REFERENCE + i + ".subject", ""),
                            Integer.parseInt(
                                    settings.getOrDefault(REFERENCE + i + ".version", "0"))));
        }
        return references;
    }
}
