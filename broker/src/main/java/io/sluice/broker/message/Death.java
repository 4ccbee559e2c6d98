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
        REJECTED(0, "rejected"),
        EXPIRED(1, "expired"),
        MAXLEN(2, "maxlen"),
        DELIVERY_LIMIT(3, "delivery_limit"),
        /// No death: it goes back where it died, or elsewhere, because somebody wants it so.
        REDRIVEN(4, "redriven"),
        /// It is not what its topic's schema demands.
        SCHEMA(5, "schema"),
        /// A newer one of its key was there before.
        STALE(6, "stale_version");

        private final int code;
        private final String text;

        Reason(int code, String text) {
            this.code = code;
            this.text = text;
        }

        /// What stands for it where it is stored.
        public int code() {
            return code;
        }

        /// @throws IllegalArgumentException for a code that no version up to this one has written
        public static Reason ofCode(int code) {
            for (var reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            throw new IllegalArgumentException("unknown reason of a death: " + code);
        }

        public String text() {
            return text;
        }
    }
}
