package io.sluice.schema;

import io.sluice.broker.policy.SchemaPolicy;
import java.util.List;

/// A schema's text, with those that it refers to.
///
/// @param references all of them, also those that only they refer to; each behind what it refers to itself
public record SchemaSource(SchemaPolicy.Type type, String text, List<Reference> references) {
    public SchemaSource {
        references = List.copyOf(references);
    }

    public SchemaSource(SchemaPolicy.Type type, String text) {
        this(type, text, List.of());
    }

    /// @param name how a schema calls it: what a `$ref`, an import or a type's name says
    public record Reference(String name, String text) {}

    /// How much text it is, in characters.
    public long length() {
        long length = text.length();
        for (var reference : references) {
            length += reference.text().length();
        }
        return length;
    }
}
