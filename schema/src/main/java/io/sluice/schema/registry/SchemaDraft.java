package io.sluice.schema.registry;

import io.sluice.broker.policy.SchemaPolicy;
import java.util.List;

/// A schema as somebody sends it.
public record SchemaDraft(SchemaPolicy.Type type, String text, List<SchemaReference> references) {
    public SchemaDraft {
        references = List.copyOf(references);
    }
}
