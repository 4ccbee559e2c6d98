package io.sluice.schema.registry;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.SchemaCompiler;
import io.sluice.schema.registry.CompiledSchemas.Outcome;
import io.sluice.schema.registry.Subject.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Registers schemas and takes them away. Owned by one loop: what changes something waits for the change before it, so that each sees what the last
/// one made.
///
/// Everything fails with a [RegistryException] where the registry refuses.
public final class Registry {
    private static final String NUMBERS = "schema-numbers";
    private static final String NEXT = "next";
    private static final String ID = "id";

    private static final int SCHEMAS_MAX = 10_000;
    private static final long CHARACTERS_MAX = 64L << 20;
    private static final int NAME_MAX = 255;

    private final Broker broker;
    private final Consumer<Runnable> loop;
    private final CompiledSchemas compiled;
    private final int schemasMax;
    private final long charactersMax;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /// @param loop runs what it is given on the loop that owns this
    /// @param compiled may be shared with others
    public Registry(Broker broker, Consumer<Runnable> loop, CompiledSchemas compiled) {
        this(broker, loop, compiled, SCHEMAS_MAX, CHARACTERS_MAX);
    }

    Registry(
            Broker broker,
            Consumer<Runnable> loop,
            CompiledSchemas compiled,
            int schemasMax,
            long charactersMax) {
        this.broker = broker;
        this.loop = loop;
        this.compiled = compiled;
        this.schemasMax = schemasMax;
        this.charactersMax = charactersMax;
    }

    /// A version of a subject with its schema.
    public record Registered(String subject, Version version, StoredSchema schema) {}

    public RegistryView view() {
        return new RegistryView(broker.catalog());
    }

    /// Registers a schema under a subject: where one that means the same is there already, it is that one.
    public CompletableFuture<Registered> register(String subject, SchemaDraft draft) {
        return inTurn(
                () -> {
                    var view = view();
                    checkName(subject);
                    var schema = compile(view, draft);
                    var fingerprint = Fingerprint.of(draft, schema);
                    var there = find(view, subject, fingerprint, false);
                    if (there.isPresent()) {
                        return CompletableFuture.completedFuture(there.get());
                    }
                    var reasons = incompatible(view, subject, schema);
                    if (!reasons.isEmpty()) {
                        throw refused(new RegistryError.Incompatible(subject, reasons));
                    }
                    return stored(view, draft, fingerprint)
                            .thenCompose(stored -> added(subject, stored));
                });
    }

    /// The version of a subject whose schema means the same.
    public Optional<Registered> find(String subject, SchemaDraft draft, boolean deletedToo) {
        var view = view();
        var fingerprint = Fingerprint.of(draft, compile(view, draft));
        return find(view, subject, fingerprint, deletedToo);
    }

    /// Why a schema could not be registered under a subject, as its level has it; empty: it could.
    public List<String> incompatible(String subject, SchemaDraft draft) {
        var view = view();
        return incompatible(view, subject, compile(view, draft));
    }

    /// The same, for one version only.
    public List<String> incompatible(String subject, Version with, SchemaDraft draft) {
        var view = view();
        return incompatible(view, subject, List.of(with), compile(view, draft));
    }

    /// Deletes one version: softly the first time, and for good when it is asked for behind that.
    public CompletableFuture<Integer> delete(String subject, int number, boolean permanent) {
        return inTurn(
                () -> {
                    var known = view().subject(subject);
                    var version =
                            known.version(number)
                                    .filter(one -> permanent || !one.isDeleted())
                                    .orElseThrow(() -> unknown(subject, number));
                    if (permanent && !version.isDeleted()) {
                        throw refused(new RegistryError.VersionNotDeleted(subject, number));
                    }
                    notReferredTo(subject, version);
                    var changed = permanent ? known.without(number) : known.with(version.deleted());
                    return changed(changed, permanent ? List.of(version) : List.of())
                            .thenApply(_ -> number);
                });
    }

    /// Deletes all versions, and gives their numbers.
    public CompletableFuture<List<Integer>> delete(String subject, boolean permanent) {
        return inTurn(
                () -> {
                    var known = view().subject(subject);
                    var gone = permanent ? known.versions() : known.live();
                    if (gone.isEmpty()) {
                        throw refused(new RegistryError.UnknownSubject(subject));
                    }
                    if (permanent && !known.live().isEmpty()) {
                        throw refused(new RegistryError.SubjectNotDeleted(subject));
                    }
                    gone.forEach(version -> notReferredTo(subject, version));
                    var changed = permanent ? new Subject(subject, List.of()) : known;
                    for (var version : permanent ? List.<Version>of() : gone) {
                        changed = changed.with(version.deleted());
                    }
                    return changed(changed, permanent ? gone : List.of())
                            .thenApply(_ -> gone.stream().map(Version::number).toList());
                });
    }

    /// Sets a level for a subject, or for everybody; none takes it away.
    ///
    /// @param subject none: everybody
    public CompletableFuture<Catalog> setLevel(
            Optional<String> subject, Optional<CompatibilityLevel> level) {
        subject.ifPresent(Registry::checkName);
        return inTurn(
                () ->
                        change(
                                RegistryView.CONFIG,
                                subject.orElse(RegistryView.EVERYBODY),
                                level.map(one -> Map.of(RegistryView.COMPATIBILITY, one.name()))
                                        .orElse(Map.of())));
    }

    private Optional<Registered> find(
            RegistryView view, String subject, String fingerprint, boolean deletedToo) {
        for (var version : view.subject(subject).versions().reversed()) {
            var schema = view.schema(version.schema());
            if ((deletedToo || !version.isDeleted())
                    && schema.isPresent()
                    && schema.get().fingerprint().equals(fingerprint)) {
                return Optional.of(new Registered(subject, version, schema.get()));
            }
        }
        return Optional.empty();
    }

    private static CompiledSchema compile(RegistryView view, SchemaDraft draft) {
        try {
            return SchemaCompiler.compile(view.source(draft));
        } catch (InvalidSchemaException invalid) {
            throw refused(new RegistryError.InvalidSchema(String.valueOf(invalid.getMessage())));
        }
    }

    private List<String> incompatible(RegistryView view, String subject, CompiledSchema schema) {
        var versions = view.subject(subject).live();
        var counting =
                versions.isEmpty() || view.level(subject).isTransitive()
                        ? versions
                        : List.of(versions.getLast());
        return incompatible(view, subject, counting, schema);
    }

    private List<String> incompatible(
            RegistryView view, String subject, List<Version> versions, CompiledSchema schema) {
        var level = view.level(subject);
        var reasons = new ArrayList<String>();
        for (var version : versions) {
            if (!(compiled.of(view, version.schema()).orElse(null)
                    instanceof Outcome.Usable(var earlier))) {
                continue;
            }
            if (level != CompatibilityLevel.NONE && earlier.type() != schema.type()) {
                reasons.add("version " + version.number() + " is of type " + earlier.type());
                continue;
            }
            if (level.isBackward()) {
                add(reasons, "it cannot read version " + version.number(), schema, earlier);
            }
            if (level.isForward()) {
                add(reasons, "version " + version.number() + " cannot read it", earlier, schema);
            }
        }
        return reasons;
    }

    private static void add(
            List<String> reasons, String what, CompiledSchema reader, CompiledSchema writer) {
        reader.cannotRead(writer).forEach(why -> reasons.add(what + ": " + why));
    }

    /// A schema that means the same keeps its number, whatever subjects it is under.
    private CompletableFuture<StoredSchema> stored(
            RegistryView view, SchemaDraft draft, String fingerprint) {
        var all = view.schemas().toList();
        for (var schema : all) {
            if (schema.fingerprint().equals(fingerprint)) {
                return CompletableFuture.completedFuture(schema);
            }
        }
        long characters = all.stream().mapToLong(schema -> schema.draft().text().length()).sum();
        if (all.size() >= schemasMax || characters + draft.text().length() > charactersMax) {
            throw refused(
                    new RegistryError.Unavailable(
                            "the registry holds "
                                    + all.size()
                                    + " schemas of "
                                    + characters
                                    + " characters, and takes no more"));
        }
        int id = Integer.parseInt(view.catalog().settings(NUMBERS, NEXT).getOrDefault(ID, "1"));
        var stored = new StoredSchema(id, draft, fingerprint);
        // The number first: should the rest not come to be, it is lost, and never given twice.
        return change(NUMBERS, NEXT, Map.of(ID, Integer.toString(id + 1)))
                .thenCompose(
                        _ -> change(StoredSchema.KIND, Integer.toString(id), stored.settings()))
                .thenApply(_ -> stored);
    }

    private CompletableFuture<Registered> added(String name, StoredSchema schema) {
        var subject = view().subject(name);
        var version = new Version(subject.nextNumber(), schema.id(), false);
        return change(Subject.KIND, name, subject.with(version).settings())
                .thenApply(_ -> new Registered(name, version, schema));
    }

    /// @param forgotten whose schemas go too, unless they are a version of something else
    private CompletableFuture<Catalog> changed(Subject subject, List<Version> forgotten) {
        var done = change(Subject.KIND, subject.name(), subject.settings());
        for (var version : forgotten) {
            done = done.thenCompose(catalog -> forget(catalog, version.schema()));
        }
        return done;
    }

    private CompletableFuture<Catalog> forget(Catalog catalog, int schema) {
        boolean isUsed =
                new RegistryView(catalog)
                        .subjects()
                        .flatMap(subject -> subject.versions().stream())
                        .anyMatch(version -> version.schema() == schema);
        return isUsed
                ? CompletableFuture.completedFuture(catalog)
                : change(StoredSchema.KIND, Integer.toString(schema), Map.of());
    }

    private void notReferredTo(String subject, Version version) {
        if (!view().referringTo(subject, version.number()).isEmpty()) {
            throw refused(new RegistryError.ReferredTo(subject, version.number()));
        }
    }

    private RegistryException unknown(String subject, int number) {
        return refused(
                view().subject(subject).versions().isEmpty()
                        ? new RegistryError.UnknownSubject(subject)
                        : new RegistryError.UnknownVersion(Integer.toString(number)));
    }

    private static void checkName(String subject) {
        boolean isFine =
                !subject.isBlank()
                        && subject.length() <= NAME_MAX
                        && !subject.equals(RegistryView.EVERYBODY)
                        && subject.chars().noneMatch(Character::isISOControl);
        if (!isFine) {
            throw refused(
                    new RegistryError.InvalidSubject(
                            "a subject's name has 1 to " + NAME_MAX + " characters, and is not *"));
        }
    }

    private static RegistryException refused(RegistryError error) {
        return new RegistryException(error);
    }

    private <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> change) {
        var mine = last.handle((_, _) -> change).thenCompose(Supplier::get);
        last = mine;
        return mine;
    }

    private CompletableFuture<Catalog> change(
            String kind, String name, Map<String, String> settings) {
        var answer = new CompletableFuture<Catalog>();
        broker.change(
                new CatalogChange.Configure(kind, name, settings),
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        loop.accept(() -> answer.complete(catalog));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        loop.accept(
                                () ->
                                        answer.completeExceptionally(
                                                Registry.refused(
                                                        new RegistryError.Unavailable(
                                                                error.message()))));
                    }
                });
        return answer;
    }
}
