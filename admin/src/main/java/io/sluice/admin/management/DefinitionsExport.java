package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.security.Users;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Everything that was declared, as one document. What goes with a connection or by itself is left out.
final class DefinitionsExport {
    private final ManagementServices services;

    DefinitionsExport(ManagementServices services) {
        this.services = services;
    }

    JsonObject whole() {
        var facts = services.node().facts();
        var catalog = services.broker().catalog();
        return JsonObject.object()
                .put("rabbit_version", facts.compatibleVersion())
                .put("rabbitmq_version", facts.compatibleVersion())
                .put("product_name", facts.product())
                .put("product_version", facts.compatibleVersion())
                .put("rabbitmq_definition_format", "cluster")
                .put("original_cluster_name", new ClusterName(services).text())
                .put("explanation", "Definitions of the whole broker")
                .put(
                        "users",
                        Users.all(catalog).stream()
                                .map(user -> UsersApi.json(catalog, user))
                                .toList())
                .put(
                        "vhosts",
                        catalog.namespaces().stream()
                                .map(name -> VhostsApi.definition(services, name))
                                .toList())
                .put(
                        "permissions",
                        Permissions.all(catalog).stream().map(PermissionsApi::json).toList())
                .put(
                        "topic_permissions",
                        TopicPermissions.all(catalog).stream().map(PermissionsApi::json).toList())
                .put("parameters", List.of())
                .put("global_parameters", ParametersApi.globals(catalog))
                .put("policies", Policies.all(catalog).stream().map(PoliciesApi::json).toList())
                .putAll(topology(catalog, catalog.namespaces(), true));
    }

    /// What is in one virtual host, so that it can be put into another one.
    JsonObject of(String vhost) {
        var catalog = services.broker().catalog();
        return JsonObject.object()
                .put("rabbit_version", services.node().facts().compatibleVersion())
                .put("rabbitmq_version", services.node().facts().compatibleVersion())
                .put("rabbitmq_definition_format", "single_virtual_host")
                .put("original_vhost_name", vhost)
                .put("parameters", List.of())
                .put(
                        "policies",
                        Policies.all(catalog).stream()
                                .filter(policy -> policy.namespace().equals(vhost))
                                .map(PoliciesApi::json)
                                .toList())
                .putAll(topology(catalog, List.of(vhost), false));
    }

    /// @param withVhost whether each thing says where it is
    private static JsonObject topology(
            Catalog catalog, Collection<String> vhosts, boolean withVhost) {
        var queues =
                catalog.queues().stream()
                        .filter(queue -> vhosts.contains(queue.namespace()))
                        .filter(queue -> !queue.exclusive())
                        .map(DefinitionsExport::queue);
        var exchanges =
                vhosts.stream()
                        .flatMap(vhost -> catalog.exchanges(vhost).stream())
                        .filter(exchange -> !exchange.isPredeclared())
                        .map(ExchangesApi::definition);
        var bindings =
                vhosts.stream()
                        .flatMap(vhost -> catalog.bindings(vhost).stream())
                        .filter(binding -> isExported(catalog, binding))
                        .map(BindingJson::definition);
        return JsonObject.object()
                .put("queues", items(queues, withVhost))
                .put("exchanges", items(exchanges, withVhost))
                .put("bindings", items(bindings, withVhost));
    }

    private static List<JsonObject> items(Stream<JsonObject> items, boolean withVhost) {
        return items.map(item -> withVhost ? item : item.remove("vhost")).toList();
    }

    /// A binding goes with the queue that it leads to.
    private static boolean isExported(Catalog catalog, Binding binding) {
        return !binding.destinationIsQueue()
                || catalog.queue(binding.namespace(), binding.destination())
                        .filter(queue -> !queue.exclusive())
                        .isPresent();
    }

    private static JsonObject queue(Queue queue) {
        return JsonObject.object()
                .put("name", queue.name())
                .put("vhost", queue.namespace())
                .put("durable", queue.durable())
                .put("auto_delete", queue.autoDelete())
                .put("arguments", Arguments.json(queue.arguments()));
    }
}
