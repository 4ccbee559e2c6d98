package io.sluice.schema.json;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Draft201909;
import com.networknt.schema.dialect.Draft202012;
import com.networknt.schema.dialect.Draft4;
import com.networknt.schema.dialect.Draft6;
import com.networknt.schema.dialect.Draft7;
import io.sluice.schema.SchemaSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The drafts of JSON Schema that are understood, as the validator wants to have them.
final class Dialects {
    /// What a schema without a `$schema` is.
    static final String DEFAULT = "https://json-schema.org/draft/2020-12/schema";

    /// Where a schema without an `$id` lies, so that relative references to others have something to be relative to.
    static final String BASE = "sluice:///schemas/";

    private static final List<Dialect> ALL =
            Stream.of(
                            Draft202012.getInstance(),
                            Draft201909.getInstance(),
                            Draft7.getInstance(),
                            Draft6.getInstance(),
                            Draft4.getInstance())
                    .map(draft -> Dialect.builder(draft).keyword(new UniqueItems()).build())
                    .toList();

    private static final SchemaRegistryConfig CONFIG =
            SchemaRegistryConfig.builder()
                    .regularExpressionFactory(new LinearPatterns())
                    .formatAssertionsEnabled(false)
                    .build();

    private Dialects() {}

    /// For one schema and those that it names; nothing is looked for elsewhere, neither in the network nor in files.
    static SchemaRegistry registry(List<SchemaSource.Reference> references) {
        return SchemaRegistry.builder()
                .dialectRegistry(new BasicDialectRegistry(ALL))
                .defaultDialectId(DEFAULT)
                .schemaRegistryConfig(CONFIG)
                .schemaLoader(
                        loader ->
                                loader.allow(
                                        iri ->
                                                isDraft(iri.toString())
                                                        || text(references, iri.toString())
                                                                != null))
                .schemas(iri -> text(references, iri))
                .build();
    }

    /// The drafts describe themselves; their descriptions come with the validator.
    private static boolean isDraft(String iri) {
        return iri.matches("https?://json-schema\\.org/draft[-/].*")
                || iri.startsWith("classpath:draft");
    }

    private static @Nullable String text(List<SchemaSource.Reference> references, String iri) {
        for (var reference : references) {
            if (iri.equals(reference.name()) || iri.endsWith("/" + reference.name())) {
                return reference.text();
            }
        }
        return null;
    }
}
