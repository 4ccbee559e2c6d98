package io.sluice.broker.routing;

import java.util.Optional;

/// The kinds of exchanges, by AMQP's names.
public enum ExchangeType {
    DIRECT("direct"),
    FANOUT("fanout"),
    TOPIC("topic"),
    HEADERS("headers"),
    CONSISTENT_HASH("x-consistent-hash"),
    /// Routes like the type in its argument `x-delayed-type`; messages wait for their header `x-delay`.
    DELAYED("x-delayed-message");

    private final String text;

    ExchangeType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<ExchangeType> of(String text) {
        for (var type : values()) {
            if (type.text.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
