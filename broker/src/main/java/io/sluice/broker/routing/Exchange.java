package io.sluice.broker.routing;

import java.util.Map;

/// An exchange as the catalog knows it.
///
/// @param name empty for the default exchange
/// @param autoDelete goes when its last binding goes
/// @param internal takes no messages from clients, only from other exchanges
/// @param arguments values as JSON text, as in [io.sluice.broker.queue.Queue#arguments]
public record Exchange(
        String namespace,
        String name,
        ExchangeType type,
        boolean durable,
        boolean autoDelete,
        boolean internal,
        Map<String, String> arguments) {
    public Exchange {
        arguments = Map.copyOf(arguments);
    }

    /// The exchange to which every queue is bound by its name, and nothing else.
    public boolean isDefault() {
        return name.isEmpty();
    }

    /// One that every namespace has and nobody declares or deletes.
    public boolean isPredeclared() {
        return Predeclared.contains(name);
    }
}
