package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which arguments a queue takes, and which it refuses.
@Conformance
class QueueArgumentsTest {
    static Stream<Arguments> wrongArguments() {
        return Stream.of(
                wrong("x-expires", 0),
                wrong("x-expires", -1),
                wrong("x-expires", "soon"),
                wrong("x-message-ttl", -1),
                wrong("x-message-ttl", "soon"),
                wrong("x-max-length", -1),
                wrong("x-max-length-bytes", -1),
                wrong("x-max-length", "many"),
                wrong("x-max-priority", 256),
                wrong("x-max-priority", -1),
                wrong("x-overflow", "explode"),
                wrong("x-queue-mode", "busy"),
                wrong("x-queue-type", "nonesuch"),
                wrong("x-dead-letter-exchange", 5),
                wrong("x-single-active-consumer", "yes"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongArguments(String argument, Object value, AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var queue = clients.name("wrong");

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        queue, true, false, false, Map.of(argument, value)));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
        assertThat(refusal.text()).startsWith("PRECONDITION_FAILED - ").contains(argument);
        assertThat(clients.exists(queue)).isFalse();
    }

    @Test
    void theRefusalNamesTheArgumentAndTheQueue(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var queue = clients.name("wrong");

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.queueDeclare(
                                                        queue,
                                                        true,
                                                        false,
                                                        false,
                                                        Map.of("x-message-ttl", -1)))
                                .text())
                .startsWith(
                        "PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue '"
                                + queue
                                + "' in vhost '/': ");
    }

    @Test
    void aDeadLetterKeyNeedsAnExchange(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        clients.name("wrong"),
                                        true,
                                        false,
                                        false,
                                        Map.of("x-dead-letter-routing-key", "key")));

        assertThat(refusal.code()).isEqualTo(406);
        assertThat(refusal.text())
                .startsWith("PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-delivery-limit",
                "x-quorum-initial-group-size",
                "x-max-in-memory-length",
                "x-max-in-memory-bytes"
            })
    void aClassicQueueTakesNoArgumentOfAQuorumQueue(String argument, AmqpClients clients)
            throws Exception {
        var channel = clients.channel();

        var refusal =
                Refusal.of(
                        () ->
                                channel.queueDeclare(
                                        clients.name("wrong"),
                                        true,
                                        false,
                                        false,
                                        Map.of("x-queue-type", "classic", argument, 3)));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
    }

    @Test
    void argumentsThatNobodyKnowsAreAccepted(AmqpClients clients) throws Exception {
        var queue =
                clients.queue(
                        "odd",
                        Map.of("x-foo", "bar", "bar", 5, "nested", Map.of("a", List.of(1, "b"))));

        clients.publish(queue, "x");
        assertThat(clients.drain(queue)).containsExactly("x");
    }

    @Test
    void argumentsThatNeedNothingHereAreAccepted(AmqpClients clients) throws Exception {
        var queue =
                clients.queue(
                        "lazy",
                        Map.of(
                                "x-queue-mode",
                                "lazy",
                                "x-queue-type",
                                "classic",
                                "x-queue-version",
                                1,
                                "x-queue-master-locator",
                                "min-masters"));

        clients.publish(queue, "x");
        assertThat(clients.drain(queue)).containsExactly("x");
    }

    @Test
    void theLimitsMayBeOfAnyIntegerType(AmqpClients clients) throws Exception {
        for (var value : List.<Object>of((byte) 100, (short) 100, 100, 100L)) {
            var queue =
                    clients.queue(
                            "typed",
                            Map.of(
                                    "x-message-ttl",
                                    value,
                                    "x-max-length",
                                    value,
                                    "x-max-priority",
                                    value));
            assertThat(clients.ready(queue)).isZero();
        }
    }

    private static Arguments wrong(String argument, Object value) {
        return Arguments.of(argument, value);
    }
}
