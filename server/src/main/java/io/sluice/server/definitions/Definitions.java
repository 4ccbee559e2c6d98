package io.sluice.server.definitions;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.PoliciesApi;
import io.sluice.admin.management.RefusedException;
import io.sluice.admin.sluice.Queues;
import io.sluice.admin.sluice.TopicRules;
import io.sluice.admin.sluice.Topics;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.RegistryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes true what a file says, as the admin API would: what is there and as it should be stays, what is different is changed, what the file does not
/// name is left alone. So it may be done at every start.
public final class Definitions {
    private static final Logger log = LoggerFactory.getLogger(Definitions.class);
    private static final int PATIENCE_SECONDS = 60;

    private static final String NAMESPACES = "namespaces";
    private static final String SCHEMAS = "schemas";
    private static final String TOPICS = "topics";
    private static final String POLICIES = "policies";
    private static final String QUEUES = "queues";

    /// In this order each finds what it needs.
    private static final List<String> ORDER =
            List.of(NAMESPACES, SCHEMAS, TOPICS, POLICIES, QUEUES);

    private static final Map<String, String> NAME_FIELDS =
            Map.of(
                    NAMESPACES, "name",
                    SCHEMAS, "subject",
                    TOPICS, "name",
                    POLICIES, "name",
                    QUEUES, "name");

    private final ManagementServices services;
    private final Topics topics;
    private final Queues queues;
    private final Registry registry;

    /// @param services whose loop runs what it is given at once, or on a thread that is not the caller's
    public Definitions(ManagementServices services, TopicRules topicRules, Registry registry) {
        this.services = services;
        this.topics = new Topics(services, topicRules);
        this.queues = new Queues(services);
        this.registry = registry;
    }

    /// Waits until everything is there.
    ///
    /// @throws WrongDefinitionException at the first mistake, with file, line and sentence; what stands before it is done
    public void apply(Path path) {
        var file = new DefinitionsFile(path);
        var found = file.read(NAME_FIELDS);
        int count = 0;
        for (var kind : ORDER) {
            for (var definition : found.getOrDefault(kind, List.of())) {
                apply(file, path, kind, definition);
                count++;
            }
        }
        log.info("{} definitions of {} hold", count, path);
    }

    private void apply(DefinitionsFile file, Path path, String kind, Definition definition) {
        try {
            start(path, kind, definition).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException failed) {
            throw wrong(file, definition, failed.getCause() == null ? failed : failed.getCause());
        } catch (AnsweredException | RefusedException | RegistryException refused) {
            throw wrong(file, definition, refused);
        } catch (TimeoutException late) {
            throw file.wrong(definition.line(), "the broker does not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw file.wrong(definition.line(), "interrupted");
        }
    }

    private CompletableFuture<?> start(Path path, String kind, Definition definition) {
        var wish = definition.wish();
        return switch (kind) {
            case NAMESPACES -> namespace(definition.name());
            case SCHEMAS -> new SchemaDefinition(path, wish).register(registry, definition.name());
            case TOPICS -> topics.put(definition.name(), wish);
            case POLICIES ->
                    new PoliciesApi(services).store(namespace(wish), definition.name(), wish);
            default -> queues.put(namespace(wish), definition.name(), wish);
        };
    }

    /// Taken out of the wish: where it is said, or the default one.
    private static String namespace(JsonObject wish) {
        var namespace = wish.text("namespace").orElse(Queue.DEFAULT_NAMESPACE);
        wish.remove("namespace");
        return namespace;
    }

    private CompletableFuture<?> namespace(String name) {
        return services.broker().catalog().namespaces().contains(name)
                ? CompletableFuture.completedFuture(true)
                : services.asks()
                        .change(
                                new CatalogChange.Configure(
                                        Catalog.NAMESPACE_KIND, name, Map.of("description", "")));
    }

    private static WrongDefinitionException wrong(
            DefinitionsFile file, Definition definition, Throwable failure) {
        var sentence =
                switch (failure) {
                    case AnsweredException ended -> sentence(ended.answer());
                    case RefusedException refused -> refused.error().message();
                    case RegistryException refused -> refused.error().message();
                    default -> throw new IllegalStateException(failure);
                };
        return file.wrong(
                definition.lineOf(sentence), "%s: %s".formatted(definition.name(), sentence));
    }

    private static String sentence(Answer answer) {
        return answer.body()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .flatMap(body -> body.text("detail").or(() -> body.text("reason")))
                .or(() -> answer.body().map(Json::text))
                .orElse("refused")
                .replace("Validation failed\n\n", "")
                .strip();
    }
}
