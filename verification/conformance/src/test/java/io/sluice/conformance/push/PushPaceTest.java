package io.sluice.conformance.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.push.Webhook.Answer;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// How many requests an endpoint gets at one time, when it gets none, and in which order.
@Conformance
class PushPaceTest extends PushBench {
    /// A pause of two seconds that was asked for is not shorter than this by the clock of another process, and no machine is so
    /// busy that one comes by itself.
    private static final long ALMOST_TWO_SECONDS = 1_900_000_000;

    @Test
    void noMoreRequestsAreOpenThanAllowed(AmqpClients amqp) throws Exception {
        var gate = new Semaphore(0);
        try (var webhook =
                new Webhook(
                        _ -> {
                            gate.acquireUninterruptibly();
                            return Answer.of(200);
                        })) {
            var queue = queue(amqp, webhook, Map.of("x-sluice-push-concurrency-max", 3));
            publish(amqp, queue, 30);
            // One by one: what is too much would come while the others are held.
            for (int i = 3; i < 30; i++) {
                int posted = i;
                Until.holds("three are open", () -> webhook.requests().size() == posted);
                gate.release();
            }

            Until.holds("all are posted", () -> webhook.requests().size() == 30);
            gate.release(3);
            assertThat(webhook.mostOpen()).isEqualTo(3);
        }
    }

    @Test
    void concurrencyFallsWhenTheEndpointHasTooMuchToDoAndRecovers(
            AmqpClients amqp, ManagementAddress management) throws Exception {
        var busy = new AtomicBoolean();
        try (var webhook = new Webhook(_ -> Answer.of(busy.get() ? 503 : 200))) {
            var queue =
                    queue(
                            amqp,
                            webhook,
                            Map.of(
                                    "x-sluice-push-concurrency-max",
                                    8,
                                    "x-sluice-retry-initial-ms",
                                    100));
            publish(amqp, queue, 50);
            Until.holds("all that may be", () -> limit(management, queue) == 8);
            busy.set(true);
            publish(amqp, queue, 20);

            Until.holds("as few as may be", () -> limit(management, queue) == 1);

            busy.set(false);
            publish(amqp, queue, 200);
            Until.holds("all that may be again", () -> limit(management, queue) == 8);
            gone(amqp, queue);
        }
    }

    @Test
    void retryAfterIsObeyedByTheMessageAndByThoseBehindIt(AmqpClients amqp) throws Exception {
        var calls = new AtomicInteger();
        try (var webhook =
                new Webhook(
                        _ ->
                                calls.incrementAndGet() == 1
                                        ? new Answer(429, Map.of("Retry-After", "2"), "")
                                        : Answer.of(200))) {
            var queue = queue(amqp, webhook, Map.of("x-sluice-push-concurrency-max", 1));
            amqp.publish(queue, "a", "b", "c");

            Until.holds("all are posted", () -> webhook.requests().size() == 4);

            var first = webhook.requests().getFirst();
            assertThat(first.body()).isEqualTo("a");
            assertThat(webhook.requests().subList(1, 4))
                    .allSatisfy(
                            later ->
                                    assertThat(later.nanos() - first.nanos())
                                            .isGreaterThan(ALMOST_TWO_SECONDS));
            gone(amqp, queue);
        }
    }

    @Test
    void whileTheBreakerIsOpenNothingIsPostedAndNothingDies(AmqpClients amqp) throws Exception {
        var broken = new AtomicBoolean(true);
        var done = ConcurrentHashMap.<String>newKeySet();
        var doubled = new AtomicInteger();
        try (var webhook =
                new Webhook(
                        request -> {
                            if (broken.get()) {
                                return Answer.of(500);
                            }
                            if (!done.add(request.body())) {
                                doubled.incrementAndGet();
                            }
                            return Answer.of(200);
                        })) {
            var dead = amqp.queue("dead");
            var arguments = new HashMap<>(dying(dead));
            arguments.put("x-sluice-retry-max-attempts", 1_000);
            arguments.put("x-sluice-breaker-failure-percent", 50);
            arguments.put("x-sluice-breaker-minimum-calls", 5);
            arguments.put("x-sluice-breaker-window-size", 10);
            arguments.put("x-sluice-breaker-open-ms", 2_000);
            arguments.put("x-sluice-breaker-probes", 1);
            var queue = queue(amqp, webhook, arguments);
            publish(amqp, queue, 20);
            Until.holds("it has failed often enough", () -> webhook.requests().size() >= 5);
            Until.holds("a probe is let through", () -> longestPause(webhook) > ALMOST_TWO_SECONDS);
            int before = webhook.requests().size();
            assertThat(before).as("so many and no more").isLessThan(60);
            broken.set(false);

            Until.holds("all are done", () -> done.size() == 20);
            assertThat(doubled).hasValue(0);
            assertThat(amqp.ready(dead)).isZero();
        }
    }

    @Test
    void orderPerKeyIsKeptThroughFailures(AmqpClients amqp, Clients kafka) throws Exception {
        var failing = ConcurrentHashMap.<String>newKeySet();
        var done = new CopyOnWriteArrayList<String>();
        try (var webhook =
                new Webhook(
                        request -> {
                            // Each second message of a key fails at its first try.
                            int number = Integer.parseInt(request.body().split("-", -1)[1]);
                            if (number % 2 == 1 && failing.add(request.body())) {
                                return Answer.of(500);
                            }
                            done.add(request.body());
                            return Answer.of(200);
                        })) {
            var arguments =
                    Map.<String, Object>of(
                            "x-sluice-order", "key", "x-sluice-push-concurrency-max", 8);
            var backlog = new ArrayList<String>();
            for (var key : List.of("a", "b", "c")) {
                IntStream.range(0, 10).forEach(i -> backlog.add(key + "-" + i));
            }
            var _ = amqp.queue("ordered", behind(kafka, backlog, webhook, arguments));

            Until.holds("all are done", () -> done.size() == 30);
            for (var key : List.of("a", "b", "c")) {
                assertThat(done.stream().filter(body -> body.startsWith(key)).toList())
                        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> key + "-" + i).toList());
            }
            assertThat(failing).hasSize(15);
        }
    }

    @Test
    void keysOfAnOrderedQueueArePostedSideBySide(AmqpClients amqp, Clients kafka) throws Exception {
        var release = new CountDownLatch(1);
        try (var webhook =
                new Webhook(
                        _ -> {
                            await(release);
                            return Answer.of(200);
                        })) {
            var backlog = List.of("a1", "a2", "a3", "b1", "b2", "c1");
            var order = Map.<String, Object>of("x-sluice-order", "key");
            var _ = amqp.queue("ordered", behind(kafka, backlog, webhook, order));

            Until.holds("three are there", () -> webhook.requests().size() == 3);
            assertThat(webhook.bodies())
                    .as("one of each key")
                    .containsExactlyInAnyOrder("a1", "b1", "c1");
            release.countDown();
            Until.holds("all are posted", () -> webhook.requests().size() == 6);
        }
    }

    /// How many requests may be open at one time, as the API tells.
    private static int limit(ManagementAddress management, String queue) {
        var ours = shown(management, queue);
        var behind = ours.substring(ours.indexOf("\"limit\":") + "\"limit\":".length());
        return Integer.parseInt(behind.substring(0, behind.indexOf(',')));
    }

    /// Between two requests, in nanoseconds.
    private static long longestPause(Webhook webhook) {
        var requests = webhook.requests();
        return IntStream.range(1, requests.size())
                .mapToLong(i -> requests.get(i).nanos() - requests.get(i - 1).nanos())
                .max()
                .orElse(0);
    }

    /// What a pushed queue is declared with that finds a backlog when it begins: records whose keys are the first letters of their values.
    private static Map<String, Object> behind(
            Clients kafka, List<String> backlog, Webhook webhook, Map<String, Object> more) {
        var topic = kafka.topic("ordered", 1);
        var records =
                backlog.stream()
                        .map(body -> new ProducerRecord<>(topic, body.substring(0, 1), body))
                        .toList();
        var _ = Clients.send(kafka.producer(Map.of()), records);
        var arguments = new HashMap<>(more);
        arguments.putAll(arguments(webhook));
        arguments.put("x-sluice-topic", topic);
        return arguments;
    }
}
