package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.record.Records;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.security.User;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages between their JSON and the records that a broker stores. The server plugs in the dialect that knows what properties a
/// message has.
public interface Messages {
    /// The message that the cursor stands on, as a client would get it.
    View view(Records message);

    /// A message that somebody wants to publish.
    Made make(Draft draft);

    /// @param properties by RabbitMQ's names: `content_type`, `headers`, ...
    record View(String exchange, String routingKey, JsonObject properties) {}

    /// @param user who publishes
    /// @param key the record's, for those who read it as such; empty: it has none
    /// @param payload from position to limit; nobody moves its position
    record Draft(
            User user,
            Exchange exchange,
            String routingKey,
            JsonObject properties,
            Optional<String> key,
            ByteBuffer payload,
            long nowMillis) {}

    sealed interface Made {
        /// @param routingKeys the draft's, then those of the headers CC and BCC
        /// @param headers values as JSON text, for exchanges that route by them
        /// @param batch a whole record batch with that message only, from position to limit
        /// @param lax it need not be forced
        /// @param delayed it waits for its time
        record Message(
                List<String> routingKeys,
                Map<String, String> headers,
                ByteBuffer batch,
                boolean lax,
                boolean delayed)
                implements Made {
            public Message {
                routingKeys = List.copyOf(routingKeys);
                headers = Map.copyOf(headers);
            }
        }

        /// @param reason in AMQP's words: `PRECONDITION_FAILED - invalid expiration ...`
        record Refused(String reason) implements Made {}
    }
}
