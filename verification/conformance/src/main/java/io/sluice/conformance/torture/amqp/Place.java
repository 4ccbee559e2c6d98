package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A queue that messages go through, or where they end.
enum Place {
    CLASSIC(Map.of("x-queue-type", "classic")),
    QUORUM(Map.of("x-queue-type", "quorum")),
    URGENT(Map.of("x-max-priority", Place.URGENCIES - 1)),
    DEAD(Map.of());

    static final int URGENCIES = 4;
    static final String EXCHANGE = "torture";

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, Object> own;

    Place(Map<String, Object> own) {
        this.own = own;
    }

    String queue() {
        return "torture." + name().toLowerCase(Locale.ROOT);
    }

    boolean isForDeadLetters() {
        return this == DEAD;
    }

    /// Whether messages of another urgency may overtake.
    boolean hasUrgencies() {
        return this == URGENT;
    }

    /// Declares the queue and its binding, or finds that they are as they were declared.
    void declare(Channel channel) throws IOException {
        var arguments = new HashMap<>(own);
        if (!isForDeadLetters()) {
            arguments.put("x-dead-letter-exchange", "");
            arguments.put("x-dead-letter-routing-key", DEAD.queue());
        }
        channel.exchangeDeclare(EXCHANGE, "topic", true);
        channel.queueDeclare(queue(), true, false, false, arguments);
        channel.queueBind(queue(), EXCHANGE, "to." + queue());
    }
}
