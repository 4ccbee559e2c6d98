package io.sluice.admin.management;

import io.sluice.admin.http.Body;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.security.User;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Virtual hosts coming and going, the latter with all that is in them.
final class VhostChanges {
    private final ManagementServices services;
    private final Asks asks;

    VhostChanges(ManagementServices services) {
        this.services = services;
        this.asks = services.asks();
    }

    /// Whoever makes one may do everything in it.
    ///
    /// @return true when it is new
    CompletableFuture<Boolean> put(String name, Body body, User user) {
        var catalog = services.broker().catalog();
        var isNew = !catalog.namespaces().contains(name);
        var stored = asks.change(Vhosts.store(name, about(catalog, name, body)));
        return isNew
                ? stored.thenCompose(_ -> asks.change(Permissions.storeAll(user.name(), name)))
                        .thenApply(_ -> true)
                : stored.thenApply(_ -> false);
    }

    /// What is not said stays as it was.
    private static Vhosts.About about(Catalog catalog, String name, Body body) {
        var before = Vhosts.about(catalog, name);
        var metadata = new Body(body.object("metadata"));
        return new Vhosts.About(
                body.text("description")
                        .or(() -> metadata.text("description"))
                        .orElse(before.description()),
                body.fields().has("tags") ? VhostsApi.tags(body) : before.tags(),
                body.text("default_queue_type")
                        .or(() -> metadata.text("default_queue_type"))
                        .filter(type -> !type.equals("undefined"))
                        .orElse(before.queueType()));
    }

    CompletableFuture<?> delete(String name) {
        var catalog = services.broker().catalog();
        services.connections().all().stream()
                .filter(connection -> connection.namespace().equals(name))
                .forEach(connection -> connection.close("vhost '" + name + "' is deleted"));
        var queues =
                catalog.queues().stream().filter(queue -> queue.namespace().equals(name)).toList();
        return asks.each(
                        queues,
                        queue ->
                                asks.<Long>ask(
                                        reply ->
                                                services.broker()
                                                        .queues()
                                                        .delete(queue.id(), false, false, reply)))
                .thenCompose(_ -> deleteExchanges(name))
                .thenCompose(_ -> forget(name))
                .thenCompose(_ -> asks.change(Vhosts.remove(name)));
    }

    private CompletableFuture<?> deleteExchanges(String vhost) {
        var names =
                services.broker().catalog().exchanges(vhost).stream()
                        .map(exchange -> exchange.name())
                        .filter(exchange -> !Names.isReserved(exchange))
                        .toList();
        return asks.each(
                names, name -> asks.change(new CatalogChange.DeleteExchange(vhost, name, false)));
    }

    /// The settings that are named after it.
    private CompletableFuture<?> forget(String vhost) {
        var catalog = services.broker().catalog();
        var ofIt = vhost + '\u0000';
        var toIt = '\u0000' + vhost;
        return asks.each(
                List.of(
                        new Settings(Policy.KIND, key -> key.startsWith(ofIt)),
                        new Settings(Permissions.KIND, key -> key.endsWith(toIt)),
                        new Settings(TopicPermissions.KIND, key -> key.contains(toIt + '\u0000'))),
                settings ->
                        asks.each(
                                catalog.configured(settings.kind).stream()
                                        .filter(settings.which)
                                        .toList(),
                                key ->
                                        asks.change(
                                                new CatalogChange.Configure(
                                                        settings.kind, key, Map.of()))));
    }

    private record Settings(String kind, Predicate<String> which) {}
}
