package io.sluice.broker.routing;

import io.sluice.broker.queue.JsonText;
import java.util.Map;
import java.util.Optional;

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

    private static final String DELAYED_TYPE = "x-delayed-type";
    private static final String ALTERNATE = "alternate-exchange";

    /// The exchange to which every queue is bound by its name, and nothing else.
    public boolean isDefault() {
        return name.isEmpty();
    }

    /// One that every namespace has and nobody declares or deletes.
    public boolean isPredeclared() {
        return Predeclared.contains(name);
    }

    /// The type by which it routes: that of what an `x-delayed-message` exchange wraps.
    public ExchangeType routesAs() {
        return type == ExchangeType.DELAYED ? delayedType().orElse(ExchangeType.DIRECT) : type;
    }

    /// What is wrong with its arguments; empty when nothing is.
    public Optional<String> fault() {
        if (type == ExchangeType.DELAYED && delayedType().isEmpty()) {
            return Optional.of(
                    "Invalid argument, 'x-delayed-type' must be an existing exchange type");
        }
        if (arguments.containsKey(ALTERNATE) && alternate().isEmpty()) {
            return Optional.of(
                    "invalid arg 'alternate-exchange' for exchange '" + name + "': not a string");
        }
        return routesAs() == ExchangeType.CONSISTENT_HASH
                ? HashBy.fault(arguments)
                : Optional.empty();
    }

    /// What is wrong with a binding from here; empty when nothing is.
    public Optional<String> fault(Binding binding) {
        return switch (routesAs()) {
            case HEADERS -> HeadersMatch.fault(binding.arguments());
            case CONSISTENT_HASH -> HashTable.fault(binding.routingKey());
            case DIRECT, FANOUT, TOPIC, DELAYED -> Optional.empty();
        };
    }

    /// Where it hands over what it cannot route, if its arguments say so.
    Optional<String> alternate() {
        return text(ALTERNATE);
    }

    private Optional<ExchangeType> delayedType() {
        return text(DELAYED_TYPE)
                .flatMap(ExchangeType::of)
                .filter(wrapped -> wrapped != ExchangeType.DELAYED);
    }

    private Optional<String> text(String argument) {
        return Optional.ofNullable(arguments.get(argument))
                .filter(json -> json.startsWith("\""))
                .map(JsonText::unquoted);
    }
}
