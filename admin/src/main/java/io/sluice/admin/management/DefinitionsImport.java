package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.security.User;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Declares what stands in a document. Queues and exchanges that are there stay as they are; everything else is replaced by the document's.
///
/// What was declared before a mistake was met stays declared, as in RabbitMQ.
final class DefinitionsImport {
    private final ManagementServices services;
    private final User user;
    private final Optional<String> into;

    /// @param into the virtual host that everything goes to; none: to that which each thing names
    DefinitionsImport(ManagementServices services, User user, Optional<String> into) {
        this.services = services;
        this.user = user;
        this.into = into;
    }

    /// Each kind after those that it needs.
    CompletableFuture<?> all(Body document) {
        var users = new UserChanges(services);
        var vhosts = new VhostChanges(services);
        var permissions = new PermissionsApi(services);
        var parameters = new ParametersApi(services);
        var policies = new PoliciesApi(services);
        var whole = into.isEmpty() ? document : new Body(JsonObject.object());
        return inOrder(whole, "users", it -> users.put(it.required("name"), it))
                .thenCompose(
                        _ -> each(whole, "vhosts", it -> vhosts.put(it.required("name"), it, user)))
                .thenCompose(
                        _ ->
                                each(
                                        whole,
                                        "permissions",
                                        it ->
                                                permissions.store(
                                                        it.required("user"), vhost(it), it)))
                .thenCompose(
                        _ ->
                                each(
                                        whole,
                                        "topic_permissions",
                                        it ->
                                                permissions.storeTopic(
                                                        it.required("user"), vhost(it), it)))
                .thenCompose(
                        _ ->
                                each(
                                        whole,
                                        "global_parameters",
                                        it ->
                                                parameters.store(
                                                        it.required("name"),
                                                        it.requiredValue("value"))))
                .thenCompose(
                        _ ->
                                each(
                                        document,
                                        "policies",
                                        it -> policies.store(vhost(it), it.required("name"), it)))
                .thenCompose(_ -> each(document, "queues", this::queue))
                .thenCompose(_ -> each(document, "exchanges", this::exchange))
                .thenCompose(_ -> each(document, "bindings", this::binding));
    }

    private CompletableFuture<?> queue(Body queue) {
        var vhost = vhost(queue);
        var name = queue.required("name");
        return services.broker().catalog().queue(vhost, name).isPresent()
                ? CompletableFuture.completedFuture(false)
                : new QueueDeclaration(services).declare(vhost, name, queue);
    }

    private CompletableFuture<?> exchange(Body exchange) {
        var vhost = vhost(exchange);
        var name = exchange.required("name");
        return services.broker().catalog().exchange(vhost, name).isPresent()
                ? CompletableFuture.completedFuture(false)
                : new ExchangeDeclaration(services).declare(vhost, name, exchange);
    }

    private CompletableFuture<?> binding(Body binding) {
        return new BindingsApi(services)
                .bind(
                        vhost(binding),
                        binding.required("source"),
                        binding.required("destination"),
                        binding.required("destination_type").equals("queue"),
                        binding);
    }

    private String vhost(Body item) {
        var vhost = into.orElseGet(() -> item.required("vhost"));
        if (!services.broker().catalog().namespaces().contains(vhost)) {
            throw new AnsweredException(
                    Answer.badRequest(Json.texts(List.of("no_such_vhost", vhost))));
        }
        return vhost;
    }

    private CompletableFuture<?> each(
            Body document, String kind, Function<Body, CompletableFuture<?>> work) {
        return services.asks()
                .each(document.objects(kind), item -> work.apply(item).thenApply(_ -> true));
    }

    /// One after the other, as the first one changes what the next ones meet.
    private CompletableFuture<?> inOrder(
            Body document, String kind, Function<Body, CompletableFuture<?>> work) {
        CompletableFuture<?> done = CompletableFuture.completedFuture(true);
        for (var item : document.objects(kind)) {
            done = done.thenCompose(_ -> work.apply(item));
        }
        return done;
    }
}
