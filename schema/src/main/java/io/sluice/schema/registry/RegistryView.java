package io.sluice.schema.registry;

import io.sluice.broker.Catalog;
import io.sluice.schema.SchemaSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is registered, at one moment.
public record RegistryView(Catalog catalog) {
    static final String CONFIG = "schema-config";
    static final String EVERYBODY = "*";
    static final String COMPATIBILITY = "compatibility";

    private static final int REFERENCES_MAX = 100;
    private static final int REFERENCES_DEPTH_MAX = 16;

    /// Ordered by name, those without a version that is not deleted among them.
    public Stream<Subject> subjects() {
        return catalog.configured(Subject.KIND).stream().map(this::subject);
    }

    /// Without versions when there is no such subject.
    public Subject subject(String name) {
        return Subject.of(name, catalog.settings(Subject.KIND, name));
    }

    public Optional<StoredSchema> schema(int id) {
        return StoredSchema.of(id, catalog.settings(StoredSchema.KIND, Integer.toString(id)));
    }

    public Stream<StoredSchema> schemas() {
        return catalog.configured(StoredSchema.KIND).stream()
                .map(id -> schema(Integer.parseInt(id)))
                .flatMap(Optional::stream);
    }

    /// What was set for everybody, or the default.
    public CompatibilityLevel level() {
        return ownLevel(EVERYBODY).orElse(CompatibilityLevel.DEFAULT);
    }

    public CompatibilityLevel level(String subject) {
        return ownLevel(subject).orElseGet(this::level);
    }

    /// What was set for this subject itself.
    public Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(catalog.settings(CONFIG, subject).get(COMPATIBILITY))
                .flatMap(CompatibilityLevel::of);
    }

    /// The numbers of schemas that refer to a version of a subject.
    public List<Integer> referringTo(String subject, int version) {
        return schemas()
                .filter(
                        schema ->
                                schema.draft().references().stream()
                                        .anyMatch(
                                                to ->
                                                        to.subject().equals(subject)
                                                                && to.version() == version))
                .map(StoredSchema::id)
                .sorted()
                .toList();
    }

    /// A schema's text with those that it leads to.
    ///
    /// @throws RegistryException if one of them is not there, or there are too many
    public SchemaSource source(SchemaDraft draft) {
        var texts = new LinkedHashMap<String, String>();
        collect(draft.references(), texts, 0);
        var references = new ArrayList<SchemaSource.Reference>();
        texts.forEach((name, text) -> references.add(new SchemaSource.Reference(name, text)));
        return new SchemaSource(draft.type(), draft.text(), references);
    }

    /// What something leads to stands before it.
    private void collect(
            List<SchemaReference> references, LinkedHashMap<String, String> texts, int depth) {
        for (var reference : references) {
            if (texts.containsKey(reference.name())) {
                continue;
            }
            if (depth > REFERENCES_DEPTH_MAX || texts.size() >= REFERENCES_MAX) {
                throw invalid("it leads to too many others");
            }
            var stored = referred(reference);
            collect(stored.draft().references(), texts, depth + 1);
            texts.putIfAbsent(reference.name(), stored.draft().text());
        }
    }

    private StoredSchema referred(SchemaReference reference) {
        return subject(reference.subject())
                .version(reference.version())
                .flatMap(version -> schema(version.schema()))
                .orElseThrow(
                        () ->
                                invalid(
                                        "the reference "
                                                + reference.name()
                                                + " leads to version "
                                                + reference.version()
                                                + " of the subject "
                                                + reference.subject()
                                                + ", which does not exist"));
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(new RegistryError.InvalidSchema(message));
    }
}
