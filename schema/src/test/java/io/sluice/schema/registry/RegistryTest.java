package io.sluice.schema.registry;

import static io.sluice.broker.policy.SchemaPolicy.Type.AVRO;
import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.Running;
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
