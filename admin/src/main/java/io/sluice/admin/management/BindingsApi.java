package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Percent;
import io.sluice.admin.http.Resource;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.routing.Binding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `/api/bindings`, and those of one queue or exchange. Every queue is bound to the default exchange, which nobody made and nobody can
/// undo.
final class BindingsApi {
    private static final Comparator<Binding> ORDER =
            Comparator.comparing(Binding::source)
                    .thenComparing(Binding::destination)
                    .thenComparing(Binding::routingKey);

    private final ManagementServices services;

    BindingsApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("bindings").get(Handler.now(_ -> listAll())),
                Resource.at("bindings/{vhost}")
                        .get(Handler.now(call -> list(call.vhost(), _ -> true))),
                between("bindings/{vhost}/e/{source}/q/{destination}", true),
                between("bindings/{vhost}/e/{source}/e/{destination}", false),
                one("bindings/{vhost}/e/{source}/q/{destination}/{key}", true),
                one("bindings/{vhost}/e/{source}/e/{destination}/{key}", false),
                Resource.at("queues/{vhost}/{name}/bindings").get(Handler.now(this::ofQueue)),
                Resource.at("exchanges/{vhost}/{name}/bindings/source")
                        .get(
                                Handler.now(
                                        call ->
                                                ofExchange(
                                                        call,
                                                        (binding, name) ->
                                                                binding.source().equals(name)))),
                Resource.at("exchanges/{vhost}/{name}/bindings/destination")
                        .get(
                                Handler.now(
                                        call ->
                                                ofExchange(
                                                        call,
                                                        (binding, name) ->
                                                                !binding.destinationIsQueue()
                                                                        && binding.destination()
                                                                                .equals(name)))));
    }

    private Resource between(String template, boolean toQueue) {
        return Resource.at(template)
                .get(Handler.now(call -> list(call.vhost(), meant(call, toQueue))))
                .post(call -> bind(call, toQueue));
    }

    private Resource one(String template, boolean toQueue) {
        return Resource.at(template)
                .get(
                        Handler.now(
                                call ->
                                        find(call, toQueue)
                                                .map(found -> Answer.ok(BindingJson.json(found)))
                                                .orElseGet(Answer::notFound)))
                .delete(call -> unbind(call, toQueue));
    }

    /// Makes a binding that somebody sent.
    CompletableFuture<Binding> bind(
            String vhost, String source, String destination, boolean toQueue, Body body) {
        if (source.isEmpty() || (!toQueue && destination.isEmpty())) {
            throw new AnsweredException(Answer.refused("Access refused."));
        }
        demandExists(vhost, source, destination, toQueue);
        var binding =
                new Binding(
                        vhost,
                        source,
                        destination,
                        toQueue,
                        body.text("routing_key").orElse(""),
                        Arguments.texts(body.object("arguments")));
        return services.asks().change(new CatalogChange.Bind(binding)).thenApply(_ -> binding);
    }

    private void demandExists(String vhost, String source, String destination, boolean toQueue) {
        var catalog = services.broker().catalog();
        if (catalog.exchange(vhost, source).isEmpty()) {
            throw missing("exchange", source, vhost);
        }
        if (toQueue && catalog.queue(vhost, destination).isEmpty()) {
            throw missing("queue", destination, vhost);
        }
        if (!toQueue && catalog.exchange(vhost, destination).isEmpty()) {
            throw missing("exchange", destination, vhost);
        }
    }

    private CompletableFuture<Answer> bind(Call call, boolean toQueue) {
        var destination = destination(call, toQueue);
        return bind(call.vhost(), source(call), destination, toQueue, call.body())
                .thenApply(
                        binding ->
                                Answer.created(
                                        Percent.encode(destination)
                                                + "/"
                                                + Percent.encode(BindingKeys.key(binding))));
    }

    private CompletableFuture<Answer> unbind(Call call, boolean toQueue) {
        var found = find(call, toQueue);
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        if (found.get().source().isEmpty()) {
            return CompletableFuture.completedFuture(Answer.refused("Access refused."));
        }
        return services.asks()
                .change(new CatalogChange.Unbind(found.get()))
                .thenApply(_ -> Answer.noContent());
    }

    private Optional<Binding> find(Call call, boolean toQueue) {
        return all(call.vhost())
                .filter(meant(call, toQueue))
                .filter(binding -> BindingKeys.matches(binding, call.variable("key")))
                .findFirst();
    }

    private static Predicate<Binding> meant(Call call, boolean toQueue) {
        var source = source(call);
        var destination = destination(call, toQueue);
        return binding ->
                binding.source().equals(source)
                        && binding.destination().equals(destination)
                        && binding.destinationIsQueue() == toQueue;
    }

    private static String source(Call call) {
        return Names.exchange(call.variable("source"));
    }

    private static String destination(Call call, boolean toQueue) {
        var name = call.variable("destination");
        return toQueue ? name : Names.exchange(name);
    }

    private Answer ofQueue(Call call) {
        var name = call.variable("name");
        return services.broker().catalog().queue(call.vhost(), name).isEmpty()
                ? Answer.notFound()
                : list(
                        call.vhost(),
                        binding ->
                                binding.destinationIsQueue() && binding.destination().equals(name));
    }

    private Answer ofExchange(Call call, BiPredicate<Binding, String> which) {
        var name = Names.exchange(call.variable("name"));
        return services.broker().catalog().exchange(call.vhost(), name).isEmpty()
                ? Answer.notFound()
                : list(call.vhost(), binding -> which.test(binding, name));
    }

    private Answer listAll() {
        return Answer.ok(
                services.broker().catalog().namespaces().stream()
                        .flatMap(vhost -> all(vhost).sorted(ORDER))
                        .map(BindingJson::json)
                        .toList());
    }

    private Answer list(String vhost, Predicate<Binding> which) {
        return Answer.ok(all(vhost).filter(which).sorted(ORDER).map(BindingJson::json).toList());
    }

    private Stream<Binding> all(String vhost) {
        Catalog catalog = services.broker().catalog();
        var implied =
                catalog.queues().stream()
                        .filter(queue -> queue.namespace().equals(vhost))
                        .map(
                                queue ->
                                        new Binding(
                                                vhost,
                                                "",
                                                queue.name(),
                                                true,
                                                queue.name(),
                                                Map.of()));
        return Stream.concat(implied, catalog.bindings(vhost).stream());
    }

    private static AnsweredException missing(String kind, String name, String vhost) {
        return new AnsweredException(
                Answer.notFound("no %s '%s' in vhost '%s'".formatted(kind, name, vhost)));
    }
}
