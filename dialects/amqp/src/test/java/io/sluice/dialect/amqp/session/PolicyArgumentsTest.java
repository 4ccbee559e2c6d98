package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Policies among a queue's arguments.
class PolicyArgumentsTest {
    private static final String QUEUE = "queue 'q' in vhost '/'";

    @Test
    void aNumberOfAnyWidthIsTakenAndSoIsAString() {
        for (var number :
                new Value[] {
                    new Value.Whole(Value.Width.INT8, 5),
                    new Value.Whole(Value.Width.INT64, 5),
                    new Value.Text("5")
                }) {
            assertThat(check(Map.of("x-sluice-retry-max-attempts", number))).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsSaidInASentence() {
        assertThat(check(Map.of("x-sluice-retry-max-attempts", new Value.Bool(true))))
                .isEqualTo(
                        "retry.max.attempts must be a whole number, 1 to 1000000 (queue 'q' in vhost '/')");
    }

    @Test
    void argumentsThatContradictEachOtherAreRefused() {
        assertThat(
                        check(
                                Map.of(
                                        "x-dead-letter-exchange",
                                        new Value.Text("dlx"),
                                        "x-sluice-dead-letter-queue",
                                        new Value.Text("dead"))))
                .contains("x-dead-letter-exchange is \"dlx\", but x-sluice-dead-letter-queue says");
    }

    @Test
    void aPolicyIsPartOfWhatAQueueIsDeclaredWithAgain() {
        assertThat(QueueArguments.fixed(QueueType.CLASSIC))
                .contains("x-sluice-retry-max-attempts", "x-message-ttl");
    }

    private static String check(Map<String, Value> arguments) {
        var fault = QueueArguments.check(new Table(arguments), QUEUE);
        return fault == null ? "" : fault.message();
    }
}
