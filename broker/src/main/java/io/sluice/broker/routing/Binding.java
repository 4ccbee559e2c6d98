package io.sluice.broker.routing;

import java.util.Map;

/// From an exchange to a queue or another exchange of the same namespace. Two with equal fields are one.
///
/// @param destinationIsQueue else an exchange
/// @param arguments values as JSON text, as in [io.sluice.broker.queue.Queue#arguments]
public record Binding(
        String namespace,
        String source,
        String destination,
        boolean destinationIsQueue,
        String routingKey,
        Map<String, String> arguments) {
    public Binding {
        arguments = Map.copyOf(arguments);
    }
}
