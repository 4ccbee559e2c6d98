package io.sluice.schema.registry;

import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.SchemaCompiler;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Schemas that were compiled, by their numbers: a number means one schema for ever, so nothing here grows old. Bounded: when there is too much, it
/// begins anew. For any thread; two that want the same one at the same time may both compile it.
public final class CompiledSchemas {
    private static final int COUNT_MAX = 1_000;
    private static final long CHARACTERS_MAX = 16L << 20;

    private final ConcurrentMap<Integer, Outcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();
    private final int countMax;
    private final long charactersMax;

    public CompiledSchemas() {
        this(COUNT_MAX, CHARACTERS_MAX);
    }

    CompiledSchemas(int countMax, long charactersMax) {
        this.countMax = countMax;
        this.charactersMax = charactersMax;
    }

    /// What came of compiling a schema.
    public sealed interface Outcome {
        record Usable(CompiledSchema schema) implements Outcome {}

        /// It was taken once and cannot be any more, as by a version of this program that knows better.
        record Unusable(String reason) implements Outcome {}
    }

    /// @return empty when no schema has this number
    public Optional<Outcome> of(RegistryView view, int id) {
        var known = outcomes.get(id);
        return known != null
                ? Optional.of(known)
                : view.schema(id).map(stored -> remembered(view, stored));
    }

    private Outcome remembered(RegistryView view, StoredSchema stored) {
        long length = 0;
        Outcome outcome;
        try {
            var source = view.source(stored.draft());
            length = source.length();
            outcome = new Outcome.Usable(SchemaCompiler.compile(source));
        } catch (InvalidSchemaException | RegistryException invalid) {
            outcome = new Outcome.Unusable(String.valueOf(invalid.getMessage()));
        }
        if (characters.addAndGet(length) > charactersMax || outcomes.size() >= countMax) {
            outcomes.clear();
            characters.set(length);
        }
        outcomes.put(stored.id(), outcome);
        return outcome;
    }

    /// How many are kept.
    int count() {
        return outcomes.size();
    }
}
