package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.routing.Binding;

/// Bindings as this API shows them.
final class BindingJson {
    private BindingJson() {}

    static JsonObject json(Binding binding) {
        return definition(binding).put("properties_key", BindingKeys.key(binding));
    }

    /// How one is exported.
    static JsonObject definition(Binding binding) {
        return JsonObject.object()
                .put("source", binding.source())
                .put("vhost", binding.namespace())
                .put("destination", binding.destination())
                .put("destination_type", binding.destinationIsQueue() ? "queue" : "exchange")
                .put("routing_key", binding.routingKey())
                .put("arguments", Arguments.json(binding.arguments()));
    }
}
