package io.sluice.broker.routing;

/// What an exchange knows of its bindings, in the shape in which its type asks. Immutable: a change gives another one.
sealed interface Table permits DirectTable, FanoutTable, TopicTable, HeadersTable, HashTable {
    static Table of(Exchange exchange) {
        return switch (exchange.routesAs()) {
            case DIRECT -> DirectTable.EMPTY;
            case FANOUT -> FanoutTable.EMPTY;
            case TOPIC -> TopicTable.EMPTY;
            case HEADERS -> HeadersTable.EMPTY;
            case CONSISTENT_HASH -> HashTable.of(exchange);
            case DELAYED ->
                    throw new IllegalArgumentException("routes as what it wraps: " + exchange);
        };
    }

    /// @param target of a binding that is not there yet
    Table with(Target target);

    /// @param binding one that is there
    Table without(Binding binding);

    /// Tells `walk` where a message with this routing key goes.
    void route(String key, Walk walk);
}
