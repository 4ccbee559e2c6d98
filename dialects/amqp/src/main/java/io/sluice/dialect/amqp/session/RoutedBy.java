package io.sluice.dialect.amqp.session;

import io.sluice.broker.routing.MessageFacts;
import io.sluice.dialect.amqp.codec.Properties;
import java.util.Map;
import java.util.Optional;

/// What of a publish's properties may decide where it goes. Owned by the connection's loop.
sealed interface RoutedBy extends MessageFacts {
    /// A message that is there.
    record Message(Properties properties) implements RoutedBy {
        @Override
        public Map<String, String> headers() {
            return properties.headers().toJson();
        }

        @Override
        public Optional<String> property(String name) {
            return switch (name) {
                case "correlation_id" -> properties.correlationId();
                case "message_id" -> properties.messageId();
                case "timestamp" ->
                        properties.timestamp().stream().mapToObj(Long::toString).findFirst();
                default -> Optional.empty();
            };
        }
    }

    /// No message yet: notices whether routing looks at more than the routing key.
    final class KeyOnly implements RoutedBy {
        private boolean askedForMore;

        boolean askedForMore() {
            return askedForMore;
        }

        @Override
        public Map<String, String> headers() {
            askedForMore = true;
            return Map.of();
        }

        @Override
        public Optional<String> property(String name) {
            askedForMore = true;
            return Optional.empty();
        }
    }
}
