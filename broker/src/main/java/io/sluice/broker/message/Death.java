package io.sluice.broker.message;

import java.util.List;
import java.util.Optional;

/// How often and why a message left a queue as a dead letter.
///
/// @param queue its name, in the namespace of the message
/// @param firstMillis wall clock of the first time for this queue and reason
/// @param count how often for this queue and reason, 1 or more
/// @param exchange through which the message had come to the queue
/// @param routingKeys with which it had come, CC keys included
/// @param originalTtlMillis the message's own time to live, which is taken off it
public record Death(
        String queue,
        Reason reason,
        long firstMillis,
        long count,
        String exchange,
        List<String> routingKeys,
        Optional<Long> originalTtlMillis) {
    public Death {
        routingKeys = List.copyOf(routingKeys);
    }

    /// Why. The names are those that AMQP clients read in `x-death`.
    public enum Reason {
        REJECTED("rejected"),
        EXPIRED("expired"),
        MAXLEN("maxlen"),
        DELIVERY_LIMIT("delivery_limit");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
