package io.sluice.schema.registry;

import static io.sluice.broker.policy.SchemaPolicy.Type.AVRO;
import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.Running;
import io.sluice.schema.SchemaSource;
import io.sluice.schema.registry.Registry.Registered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RegistryTest {
    private static final String ANY = "{\"type\": \"object\"}";

    @TempDir Path directory;
    private Running running;
    private Registry registry;

    @BeforeEach
    void start() throws IOException {
        running = new Running(directory);
        registry = new Registry(running.broker(), Runnable::run, new CompiledSchemas());
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void aSchemaGetsANumberAndAVersionAndKeepsThem() throws IOException {
        var first = register("a", JSON, ANY);
        assertThat(first.version().number()).isEqualTo(1);
        assertThat(register("a", JSON, "{ \"type\" : \"object\" }")).isEqualTo(first);
        running.close();
        start();
        assertThat(register("a", JSON, ANY)).isEqualTo(first);
        assertThat(registry.view().schema(first.schema().id())).contains(first.schema());
        assertThat(registry.view().subjects().map(Subject::name)).containsExactly("a");
    }

    @Test
    void theSameSchemaHasOneNumberUnderAllSubjectsAndAnotherTypeHasAnother() {
        var first = register("a", JSON, "{\"type\": \"string\"}");
        assertThat(register("b", JSON, "{\"type\": \"string\"}").schema())
                .isEqualTo(first.schema());
        assertThat(register("c", AVRO, "{\"type\": \"string\"}").schema().id())
                .isNotEqualTo(first.schema().id());
    }

    @Test
    void manyAtOnceEachSeeWhatTheOneBeforeHasMade() {
        var all =
                IntStream.range(0, 20)
                        .mapToObj(i -> registry.register("a", json("{\"title\": \"" + i + "\"}")))
                        .toList();
        assertThat(all.stream().map(RegistryTest::wait).map(one -> one.version().number()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(all.stream().map(RegistryTest::wait).map(one -> one.schema().id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRefusedOneDoesNotKeepTheNextOneBack() {
        var refused = registry.register("a", json("{"));
        var next = registry.register("a", json(ANY));
        assertThat(error(refused)).isInstanceOf(RegistryError.InvalidSchema.class);
        assertThat(wait(next).version().number()).isEqualTo(1);
    }

    @Test
    void whatCannotReadTheLatestIsRefusedAndSaysWhy() {
        register("a", JSON, "{\"type\": \"integer\"}");
        var refused = error(registry.register("a", json("{\"type\": \"string\"}")));
        assertThat(refused).isInstanceOf(RegistryError.Incompatible.class);
        assertThat(refused.message()).contains("integer");
        assertThat(refused.code()).isEqualTo(409);
        assertThat(error(registry.register("a", new SchemaDraft(AVRO, "\"int\"", List.of()))))
                .isInstanceOf(RegistryError.Incompatible.class);
        register("a", JSON, "{\"type\": \"number\"}");
    }

    @Test
    void aLevelSaysWhichVersionsCountAndWhoReadsWhom() {
        var integer = "{\"type\": \"integer\"}";
        var number = "{\"type\": \"number\"}";
        var text = "{\"type\": [\"number\", \"string\"]}";
        level("forward", CompatibilityLevel.FORWARD);
        register("forward", JSON, number);
        register("forward", JSON, integer);
        assertThat(registry.incompatible("forward", json(text))).isNotEmpty();

        level("backward", CompatibilityLevel.NONE);
        register("backward", JSON, text);
        register("backward", JSON, integer);
        level("backward", CompatibilityLevel.BACKWARD);
        assertThat(registry.incompatible("backward", json(number))).isEmpty();
        level("backward", CompatibilityLevel.BACKWARD_TRANSITIVE);
        assertThat(registry.incompatible("backward", json(number))).isNotEmpty();
        level("backward", CompatibilityLevel.FULL);
        assertThat(registry.incompatible("backward", json(number))).isNotEmpty();
        assertThat(registry.incompatible("backward", json(integer))).isEmpty();
        level("backward", CompatibilityLevel.NONE);
        assertThat(registry.incompatible("backward", json("false"))).isEmpty();
    }

    /// Whole numbers are numbers, and numbers are among numbers and texts: of two schemas, the wider one reads the narrower one.
    @Test
    void everyLevelLooksBackOrAheadAtOneVersionOrAtAll() {
        var whole = "{\"type\": \"integer\"}";
        var number = "{\"type\": \"number\"}";
        var more = "{\"type\": [\"number\", \"string\"]}";
        var same = "{\"type\": \"number\", \"title\": \"the same\"}";
        assertThat(takes(CompatibilityLevel.NONE, number, more, whole)).isTrue();
        assertThat(takes(CompatibilityLevel.BACKWARD, more, whole, number)).isTrue();
        assertThat(takes(CompatibilityLevel.BACKWARD, whole, more, number)).isFalse();
        assertThat(takes(CompatibilityLevel.BACKWARD_TRANSITIVE, whole, number, more)).isTrue();
        assertThat(takes(CompatibilityLevel.BACKWARD_TRANSITIVE, more, whole, number)).isFalse();
        assertThat(takes(CompatibilityLevel.FORWARD, whole, more, number)).isTrue();
        assertThat(takes(CompatibilityLevel.FORWARD, more, whole, number)).isFalse();
        assertThat(takes(CompatibilityLevel.FORWARD_TRANSITIVE, more, number, whole)).isTrue();
        assertThat(takes(CompatibilityLevel.FORWARD_TRANSITIVE, whole, more, number)).isFalse();
        assertThat(takes(CompatibilityLevel.FULL, more, number, same)).isTrue();
        assertThat(takes(CompatibilityLevel.FULL, number, whole, number)).isFalse();
        assertThat(takes(CompatibilityLevel.FULL, number, more, number)).isFalse();
        assertThat(takes(CompatibilityLevel.FULL_TRANSITIVE, number, same, number)).isTrue();
        assertThat(takes(CompatibilityLevel.FULL_TRANSITIVE, more, number, same)).isFalse();
        assertThat(takes(CompatibilityLevel.FULL_TRANSITIVE, whole, number, same)).isFalse();
    }

    private boolean takes(CompatibilityLevel level, String first, String latest, String next) {
        var subject = level + first + latest;
        level(subject, CompatibilityLevel.NONE);
        register(subject, JSON, first);
        register(subject, JSON, latest);
        level(subject, level);
        return registry.incompatible(subject, json(next)).isEmpty();
    }

    @Test
    void whoAsksAboutOneVersionIsToldOfThatOneOnly() {
        level("a", CompatibilityLevel.NONE);
        var text = register("a", JSON, "{\"type\": \"string\"}").version();
        var whole = register("a", JSON, "{\"type\": \"integer\"}").version();
        level("a", CompatibilityLevel.BACKWARD);
        var number = json("{\"type\": \"number\"}");
        assertThat(registry.incompatible("a", text, number)).isNotEmpty();
        assertThat(registry.incompatible("a", whole, number)).isEmpty();
    }

    @Test
    void whereNothingIsDemandedAVersionMayEvenBeOfAnotherType() {
        level("a", CompatibilityLevel.NONE);
        register("a", JSON, ANY);
        assertThat(register("a", AVRO, "\"int\"").version().number()).isEqualTo(2);
    }

    @Test
    void aDeletedVersionKeepsNobodyFromRegistering() {
        register("a", JSON, "{\"type\": \"integer\"}");
        wait(registry.delete("a", 1, false));
        assertThat(register("a", JSON, "{\"type\": \"string\"}").version().number()).isEqualTo(2);
    }

    @Test
    void whatWasDeletedAndIsRegisteredAgainIsANewVersionOfTheOldSchema() {
        var first = register("a", JSON, ANY);
        wait(registry.delete("a", 1, false));
        assertThat(registry.find("a", json(ANY), false)).isEmpty();
        assertThat(registry.find("a", json(ANY), true)).isPresent();
        var again = register("a", JSON, ANY);
        assertThat(again.version().number()).isEqualTo(2);
        assertThat(again.version().isDeleted()).isFalse();
        assertThat(again.schema()).isEqualTo(first.schema());
    }

    @Test
    void aSchemaStaysForTheOthersWhoHaveItWhenOneForgetsIt() {
        var schema = register("a", JSON, ANY).schema();
        register("b", JSON, ANY);
        wait(registry.delete("a", false));
        wait(registry.delete("a", true));
        assertThat(registry.view().schema(schema.id())).contains(schema);
        wait(registry.delete("b", false));
        wait(registry.delete("b", true));
        assertThat(registry.view().schema(schema.id())).isEmpty();
    }

    @Test
    void whatIsDeletedIsStillDeletedAfterAStart() throws IOException {
        register("a", JSON, ANY);
        wait(registry.delete("a", 1, false));
        level("a", CompatibilityLevel.FULL);
        running.close();
        start();
        assertThat(registry.view().subject("a").live()).isEmpty();
        assertThat(registry.view().subject("a").versions()).hasSize(1);
        assertThat(registry.view().level("a")).isEqualTo(CompatibilityLevel.FULL);
    }

    @Test
    void aSubjectsOwnLevelGoesBeforeEverybodys() {
        assertThat(registry.view().level("a")).isEqualTo(CompatibilityLevel.BACKWARD);
        wait(registry.setLevel(Optional.empty(), Optional.of(CompatibilityLevel.FULL)));
        assertThat(registry.view().level("a")).isEqualTo(CompatibilityLevel.FULL);
        level("a", CompatibilityLevel.NONE);
        assertThat(registry.view().level("a")).isEqualTo(CompatibilityLevel.NONE);
        wait(registry.setLevel(Optional.of("a"), Optional.empty()));
        assertThat(registry.view().level("a")).isEqualTo(CompatibilityLevel.FULL);
    }

    @Test
    void aDeletedVersionIsForgottenOnlyTheSecondTimeAndItsNumbersAreNotGivenAgain() {
        var first = register("a", JSON, ANY);
        var second = register("a", JSON, "{\"type\": [\"object\", \"null\"]}");
        assertThat(error(registry.delete("a", 2, true)))
                .isInstanceOf(RegistryError.VersionNotDeleted.class);
        assertThat(wait(registry.delete("a", 1, false))).isEqualTo(1);
        assertThat(error(registry.delete("a", 1, false)))
                .isInstanceOf(RegistryError.UnknownVersion.class);
        assertThat(registry.view().subject("a").has(first.schema().id())).isFalse();
        assertThat(registry.view().schema(first.schema().id())).isPresent();
        assertThat(wait(registry.delete("a", 1, true))).isEqualTo(1);
        assertThat(registry.view().schema(first.schema().id())).isEmpty();
        assertThat(registry.view().schema(second.schema().id())).isPresent();
        assertThat(wait(registry.delete("a", false))).containsExactly(2);
        assertThat(wait(registry.delete("a", true))).containsExactly(2);
        var again = register("a", JSON, ANY);
        assertThat(again.schema().id()).isGreaterThan(second.schema().id());
        assertThat(again.version().number()).isEqualTo(1);
    }

    @Test
    void aSubjectIsForgottenOnlyWhenItIsDeleted() {
        register("a", JSON, ANY);
        assertThat(error(registry.delete("a", true)))
                .isInstanceOf(RegistryError.SubjectNotDeleted.class);
        assertThat(error(registry.delete("b", false)))
                .isInstanceOf(RegistryError.UnknownSubject.class);
    }

    @Test
    void whatOthersReferToStays() {
        register("number", JSON, "{\"type\": \"integer\"}");
        var reference = new SchemaReference("number.json", "number", 1);
        var draft = new SchemaDraft(JSON, "{\"$ref\": \"number.json\"}", List.of(reference));
        var referring = wait(registry.register("a", draft));
        assertThat(registry.view().referringTo("number", 1))
                .containsExactly(referring.schema().id());
        assertThat(error(registry.delete("number", 1, false)))
                .isInstanceOf(RegistryError.ReferredTo.class);
        assertThat(error(registry.delete("number", false)))
                .isInstanceOf(RegistryError.ReferredTo.class);
    }

    @Test
    void onlyTheVersionThatIsReferredToStays() {
        var number = register("number", JSON, "{\"type\": \"integer\"}").version().number();
        register("number", JSON, "{\"type\": \"number\"}");
        wait(registry.register("a", referring("number", number)));
        assertThat(wait(registry.delete("number", 2, false))).isEqualTo(2);
    }

    @Test
    void theSameTextThatRefersToSomethingElseIsAnotherSchema() {
        register("number", JSON, "{\"type\": \"integer\"}");
        register("number", JSON, "{\"type\": \"number\"}");
        level("a", CompatibilityLevel.NONE);
        var first = wait(registry.register("a", referring("number", 1)));
        var second = wait(registry.register("a", referring("number", 2)));
        assertThat(second.schema().id()).isNotEqualTo(first.schema().id());
        assertThat(wait(registry.register("a", referring("number", 1)))).isEqualTo(first);
    }

    @Test
    void whatASchemaRefersToComesWithAllThatItRefersToItselfAlsoAfterAStart() throws IOException {
        register("ids", AVRO, record("Old", "\"int\""));
        level("ids", CompatibilityLevel.NONE);
        register("ids", AVRO, record("Id", "\"long\""));
        register("sums", AVRO, record("Sum", "\"double\""));
        var line = new SchemaReference("Id", "ids", 2);
        wait(registry.register("lines", avro(record("Line", "\"Id\""), line)));
        var order =
                wait(
                        registry.register(
                                "orders",
                                avro(
                                        record("Order", "[\"Line\", \"Sum\"]"),
                                        new SchemaReference("Line", "lines", 1),
                                        new SchemaReference("Sum", "sums", 1))));
        running.close();
        start();
        var view = registry.view();
        var stored = view.schema(order.schema().id()).orElseThrow();
        assertThat(stored).isEqualTo(order.schema());
        assertThat(view.source(stored.draft()).references())
                .extracting(SchemaSource.Reference::name)
                .containsExactly("Id", "Line", "Sum");
        assertThat(new CompiledSchemas().of(view, stored.id()))
                .get()
                .isInstanceOf(CompiledSchemas.Outcome.Usable.class);
    }

    @Test
    void referencesAreBoundedInNumberAndDepth() {
        register("a0", JSON, ANY);
        var many =
                IntStream.rangeClosed(1, 101)
                        .mapToObj(i -> new SchemaReference("name" + i, "a0", 1))
                        .toList();
        wait(registry.register("many", new SchemaDraft(JSON, "{}", many.subList(0, 100))));
        assertThat(error(registry.register("more", new SchemaDraft(JSON, "{}", many))).message())
                .contains("too many");
        for (int i = 1; i <= 17; i++) {
            wait(registry.register("a" + i, deep(i)));
        }
        assertThat(error(registry.register("a18", deep(18))).message()).contains("too many");
    }

    private static SchemaDraft deep(int level) {
        var below = "a" + (level - 1);
        return new SchemaDraft(
                JSON,
                "{\"title\": \"" + level + "\"}",
                List.of(new SchemaReference(below, below, 1)));
    }

    private static SchemaDraft referring(String subject, int version) {
        return new SchemaDraft(
                JSON,
                "{\"$ref\": \"number.json\"}",
                List.of(new SchemaReference("number.json", subject, version)));
    }

    private static SchemaDraft avro(String text, SchemaReference... references) {
        return new SchemaDraft(AVRO, text, List.of(references));
    }

    private static String record(String name, String type) {
        return "{\"type\": \"record\", \"name\": \"%s\", \"fields\": [{\"name\": \"f\", \"type\": %s}]}"
                .formatted(name, type);
    }

    @Test
    void aReferenceToNothingIsRefused() {
        var reference = new SchemaReference("number.json", "number", 1);
        var draft = new SchemaDraft(JSON, "{\"$ref\": \"number.json\"}", List.of(reference));
        assertThat(error(registry.register("a", draft)).message())
                .contains("number.json", "number");
    }

    @Test
    void namesAndSizesAreBounded() {
        assertThat(error(registry.register("", json(ANY))))
                .isInstanceOf(RegistryError.InvalidSubject.class);
        assertThat(error(registry.register("*", json(ANY))))
                .isInstanceOf(RegistryError.InvalidSubject.class);
        assertThat(error(registry.register("a".repeat(256), json(ANY))))
                .isInstanceOf(RegistryError.InvalidSubject.class);
        assertThat(
                        error(
                                registry.register(
                                        "a", json("{\"title\": \"" + "a".repeat(1 << 20) + "\"}"))))
                .isInstanceOf(RegistryError.InvalidSchema.class);
    }

    @Test
    void aNameMayBeLongAndHasNothingInItThatNobodySees() {
        assertThat(register("a".repeat(255), JSON, ANY).version().number()).isEqualTo(1);
        assertThat(error(registry.register("a\nb", json(ANY))))
                .isInstanceOf(RegistryError.InvalidSubject.class);
        assertThatThrownBy(() -> level("*", CompatibilityLevel.NONE))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void whatIsFullTakesNothingNewAndWhatItHasAsBefore() {
        var two = new Registry(running.broker(), Runnable::run, new CompiledSchemas(), 2, 1_000);
        wait(two.register("a", json(ANY)));
        wait(two.register("b", json("{}")));
        assertThat(error(two.register("c", json("true"))))
                .isInstanceOf(RegistryError.Unavailable.class);
        assertThat(wait(two.register("c", json(ANY))).version().number()).isEqualTo(1);
        int held = ANY.length() + 2;
        var text = "{\"title\": \"%s\"}";
        var rest = text.formatted("x".repeat(1_000 - held - text.length() + 2));
        var small = new Registry(running.broker(), Runnable::run, new CompiledSchemas(), 9, 1_000);
        assertThat(error(small.register("d", json(rest + " "))))
                .isInstanceOf(RegistryError.Unavailable.class);
        wait(small.register("d", json(rest)));
    }

    @Test
    void ofWhatWasCompiledSomeIsKeptAndTheRestIsCompiledAgain() {
        var two = new CompiledSchemas(2, 1_000);
        var few = new CompiledSchemas(9, ANY.length() + 2);
        for (var text : List.of(ANY, "{}", "{\"title\": \"x\"}", ANY, "{}")) {
            int id = register(text, JSON, text).schema().id();
            for (var compiled : List.of(two, few)) {
                assertThat(compiled.of(registry.view(), id))
                        .get()
                        .isInstanceOf(CompiledSchemas.Outcome.Usable.class);
                assertThat(compiled.count()).isBetween(1, 2);
            }
        }
    }

    private Registered register(String subject, SchemaPolicy.Type type, String text) {
        return wait(registry.register(subject, new SchemaDraft(type, text, List.of())));
    }

    private void level(String subject, CompatibilityLevel level) {
        wait(registry.setLevel(Optional.of(subject), Optional.of(level)));
    }

    private static SchemaDraft json(String text) {
        return new SchemaDraft(JSON, text, List.of());
    }

    private static <T> T wait(CompletableFuture<T> answer) {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static RegistryError error(CompletableFuture<?> answer) {
        var failure = catchThrowable(() -> wait(answer));
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RegistryException refused) {
            return refused.error();
        }
        throw new AssertionError("not refused by the registry", cause);
    }
}
