package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.util.List;
import java.util.Map;

/// What a dead letter says of its death.
final class Deaths {
    private Deaths() {}

    /// @throws Violation if it was not rejected, or does not say so as it should
    static void check(Letter.Received received, BasicProperties properties) {
        if (!received.letter().isDoomed()
                || !(properties.getHeaders().get("x-death") instanceof List<?> deaths)
                || deaths.size() != 1
                || !(deaths.getFirst() instanceof Map<?, ?> death)
                || !"rejected".equals(String.valueOf(death.get("reason")))
                || !Long.valueOf(1).equals(death.get("count"))) {
            throw new Violation(
                    Invariant.MESSAGES_ARE_WHAT_WAS_SENT,
                    received + " is a dead letter with " + properties.getHeaders());
        }
    }
}
