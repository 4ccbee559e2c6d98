package io.sluice.conformance.torture.policies;

import com.rabbitmq.client.Connection;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// The queue that all work on, and what its messages look like.
final class WorkQueue {
    static final String NAME = "torture-work";
    static final String DEAD = "torture-dead";

    /// Without jitter: so long a first failure must wait.
    static final long FIRST_WAIT_MILLIS = 500;

    static final int ATTEMPTS_MAX = 4;

    private static final String BODY = "work-";

    private WorkQueue() {}

    /// Declares both, or finds that they are as they were declared.
    static void declare(Connection connection) throws IOException, TimeoutException {
        try (var channel = connection.createChannel()) {
            channel.queueDeclare(DEAD, true, false, false, Map.of());
            channel.queueDeclare(
                    NAME,
                    true,
                    false,
                    false,
                    Map.of(
                            "x-sluice-retry-initial-ms",
                            FIRST_WAIT_MILLIS,
                            "x-sluice-retry-max-ms",
                            1_000,
                            "x-sluice-retry-jitter",
                            "none",
                            "x-sluice-retry-max-attempts",
                            ATTEMPTS_MAX,
                            "x-sluice-redrive-max",
                            1_000,
                            "x-sluice-dead-letter-queue",
                            DEAD));
        } catch (IOException refused) {
            throw new Violation(
                    Invariant.QUEUES_ARE_AS_TOLD, "declared again: " + refused, refused);
        }
    }

    static byte[] body(int number) {
        return (BODY + number).getBytes(StandardCharsets.UTF_8);
    }

    static int number(String body) {
        if (!body.matches(BODY + "[0-9]{1,9}")) {
            throw new Violation(Invariant.NOTHING_IS_INVENTED, "nobody sent \"" + body + "\"");
        }
        return Integer.parseInt(body.substring(BODY.length()));
    }
}
