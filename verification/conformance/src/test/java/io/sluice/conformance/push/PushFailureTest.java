package io.sluice.conformance.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.push.Webhook.Answer;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.ServedWith;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What becomes of a message that its endpoint does not want, or that does not reach it.
@Conformance
class PushFailureTest extends PushBench {
    @Test
    void whatFailedIsPostedAgainAsTheSameEventWithItsAttemptCounted(AmqpClients amqp)
            throws Exception {
        var calls = new AtomicInteger();
        try (var webhook = new Webhook(_ -> Answer.of(calls.incrementAndGet() < 3 ? 500 : 200))) {
            var queue = queue(amqp, webhook, Map.of());
            amqp.publish(queue, "a");

            Until.holds("it is posted three times", () -> webhook.requests().size() == 3);

            assertThat(webhook.requests())
                    .extracting(request -> request.header("Sluice-Attempt"))
                    .containsExactly("1", "2", "3");
            assertThat(webhook.requests())
                    .extracting(request -> request.header("ce-id"))
                    .containsOnly(webhook.requests().getFirst().header("ce-id"));
            gone(amqp, queue);
        }
    }

    @Test
    void aStatusThatKillsMakesADeadLetterAtOnce(AmqpClients amqp) throws Exception {
        try (var webhook =
                new Webhook(
                        request ->
                                request.body().equals("poison")
                                        ? new Answer(422, Map.of(), "no such account")
                                        : Answer.of(200))) {
            var dead = amqp.queue("dead");
            var queue = queue(amqp, webhook, dying(dead));
            amqp.publish(queue, "poison", "fine");

            Until.holds("it is dead", () -> amqp.ready(dead) == 1);
            Until.holds("both are posted", () -> webhook.requests().size() == 2);
            try (var channel = amqp.channel()) {
                var letter = channel.basicGet(dead, true);
                assertThat(letter.getBody()).asString(UTF_8).isEqualTo("poison");
                var told = letter.getProps().getHeaders();
                assertThat(told.get("x-sluice-error-code")).hasToString("http_422");
                assertThat(told.get("x-sluice-error-text")).hasToString("no such account");
            }
        }
    }

    @Test
    void aGoneEndpointKillsWhateverTheListSays(AmqpClients amqp) throws Exception {
        try (var webhook = Webhook.answering(410)) {
            var dead = amqp.queue("dead");
            var arguments = new HashMap<>(dying(dead));
            arguments.put("x-sluice-push-dead-letter-codes", "422");
            var queue = queue(amqp, webhook, arguments);
            amqp.publish(queue, "a");

            Until.holds("it is dead", () -> amqp.ready(dead) == 1);
            assertThat(webhook.requests()).hasSize(1);
        }
    }

    @Test
    void whereThereIsNoPlaceForDeadLettersAMessageIsTriedAgainRatherThanLost(AmqpClients amqp)
            throws Exception {
        var calls = new AtomicInteger();
        try (var webhook = new Webhook(_ -> Answer.of(calls.incrementAndGet() < 3 ? 404 : 200))) {
            var queue = queue(amqp, webhook, Map.of());
            amqp.publish(queue, "a");

            Until.holds("it is tried again", () -> webhook.requests().size() == 3);
            gone(amqp, queue);
        }
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed(AmqpClients amqp, ManagementAddress management)
            throws Exception {
        try (var other = Webhook.answering(200);
                var webhook =
                        new Webhook(
                                _ -> new Answer(307, Map.of("Location", other.url()), "there"))) {
            var queue = queue(amqp, webhook, Map.of("x-sluice-retry-initial-ms", 300_000));
            amqp.publish(queue, "a");

            Until.holds("it has failed", () -> shown(management, queue).contains("http_307"));
            assertThat(other.requests()).isEmpty();
            assertThat(webhook.requests()).isNotEmpty();
        }
    }

    @Test
    void whatIsNotAnsweredInTimeHasFailed(AmqpClients amqp, ManagementAddress management)
            throws Exception {
        var release = new CountDownLatch(1);
        try (var webhook =
                new Webhook(
                        request -> {
                            if (request.header("Sluice-Attempt").equals("1")) {
                                await(release);
                            }
                            return Answer.of(200);
                        })) {
            var queue = queue(amqp, webhook, Map.of("x-sluice-push-timeout-ms", 300));
            amqp.publish(queue, "a");

            // Under load the second try may be late as well, and a third one follow.
            Until.holds("it is tried again", () -> webhook.requests().size() >= 2);
            assertThat(shown(management, queue)).contains("\"timeout\":");
            release.countDown();
        }
    }

    @Test
    @ServedWith({"--shards", "2"})
    void loopbackIsRefusedUnlessItIsAllowed(
            BrokerProcess broker, AmqpClients amqp, ManagementAddress management) throws Exception {
        assertThat(broker.isRunning()).isTrue();
        try (var webhook = Webhook.answering(200)) {
            for (var host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433")) {
                var queue = amqp.name("refused");
                amqp.channel()
                        .queueDeclare(
                                queue,
                                true,
                                false,
                                false,
                                Map.of(
                                        "x-sluice-push-url",
                                        webhook.url().replace("127.0.0.1", host),
                                        "x-sluice-retry-initial-ms",
                                        300_000));
                amqp.publish(queue, "a");
            }

            Until.holds(
                    "all have failed",
                    () ->
                            management
                                            .call("GET", "sluice/push", "")
                                            .body()
                                            .split("\"code\":\"refused_address\"", -1)
                                            .length
                                    == 5);
            assertThat(webhook.requests()).isEmpty();
        }
    }
}
