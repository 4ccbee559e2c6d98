package io.sluice.broker.routing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The exchanges that every namespace has from its beginning to its end.
final class Predeclared {
    private static final Map<String, ExchangeType> TYPES =
            Map.of(
                    "", ExchangeType.DIRECT,
                    "amq.direct", ExchangeType.DIRECT,
                    "amq.fanout", ExchangeType.FANOUT,
                    "amq.topic", ExchangeType.TOPIC,
                    "amq.headers", ExchangeType.HEADERS,
                    "amq.match", ExchangeType.HEADERS,
                    "amq.rabbitmq.trace", ExchangeType.TOPIC);
    private static final Set<String> INTERNAL = Set.of("amq.rabbitmq.trace");

    private Predeclared() {}

    static boolean contains(String exchange) {
        return TYPES.containsKey(exchange);
    }

    static List<Exchange> in(String namespace) {
        return TYPES.entrySet().stream()
                .map(
                        known ->
                                new Exchange(
                                        namespace,
                                        known.getKey(),
                                        known.getValue(),
                                        true,
                                        false,
                                        INTERNAL.contains(known.getKey()),
                                        Map.of()))
                .collect(Collectors.toUnmodifiableList());
    }
}
