package io.sluice.conformance.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.push.Webhook.Answer;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.ServedWith;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of messages whose endpoint does not want them, or cannot.
@Conformance
class PushFailureTest {
    private static final int SECOND = 1_000_000_000;

    @BeforeEach
    void nobodyElsePushes() {
        Promises.ofSluiceOnly("nobody else pushes");
    }

    @Test
    void whatFailedIsPostedAgainAsTheSameEventWithItsAttemptCounted(AmqpClients amqp)
            throws Exception {
        var calls = new AtomicInteger();
        try (var webhook = new Webhook(_ -> Answer.of(calls.incrementAndGet() < 3 ? 500 : 200))) {
            var queue = PushTest.queue(amqp, webhook, Map.of());
            amqp.publish(queue, "a");

            Until.holds("it is posted three times", () -> webhook.requests().size() == 3);

            assertThat(webhook.requests())
                    .extracting(request -> request.header("Sluice-Attempt"))
                    .containsExactly("1", "2", "3");
            assertThat(webhook.requests())
                    .extracting(request -> request.header("ce-id"))
                    .containsOnly(webhook.requests().getFirst().header("ce-id"));
            PushTest.gone(amqp, queue);
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
            var queue = PushTest.queue(amqp, webhook, dying(dead));
            amqp.publish(queue, "poison", "fine");

            Until.holds("it is dead", () -> amqp.ready(dead) == 1);
            Until.holds("both are posted", () -> webhook.requests().size() == 2);
            assertThat(amqp.drain(dead)).containsExactly("poison");
        }
    }

    @Test
    void aGoneEndpointKillsWhateverTheListSays(AmqpClients amqp) throws Exception {
        try (var webhook = Webhook.answering(410)) {
            var dead = amqp.queue("dead");
            var arguments = new HashMap<>(dying(dead));
            arguments.put("x-sluice-push-dead-letter-codes", "422");
            var queue = PushTest.queue(amqp, webhook, arguments);
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
            var queue = PushTest.queue(amqp, webhook, Map.of());
            amqp.publish(queue, "a");

            Until.holds("it is tried again", () -> webhook.requests().size() == 3);
            PushTest.gone(amqp, queue);
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
            var queue = PushTest.queue(amqp, webhook, Map.of("x-sluice-push-concurrency-max", 1));
            amqp.publish(queue, "a", "b", "c");

            Until.holds("all are posted", () -> webhook.requests().size() == 4);

            var first = webhook.requests().getFirst();
            assertThat(first.body()).isEqualTo("a");
            assertThat(webhook.requests().subList(1, 4))
                    .allSatisfy(
                            later ->
                                    assertThat(later.nanos() - first.nanos())
                                            .isGreaterThan(19 * (SECOND / 10L)));
            PushTest.gone(amqp, queue);
        }
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed(AmqpClients amqp, ManagementAddress management)
            throws Exception {
        try (var other = Webhook.answering(200);
                var webhook =
                        new Webhook(
                                _ -> new Answer(307, Map.of("Location", other.url()), "there"))) {
            var queue = PushTest.queue(amqp, webhook, Map.of("x-sluice-retry-initial-ms", 300_000));
            amqp.publish(queue, "a");

            Until.holds(
                    "it has failed",
                    () -> management.call("GET", "sluice/push", "").body().contains("http_307"));
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
            var queue = PushTest.queue(amqp, webhook, Map.of("x-sluice-push-timeout-ms", 300));
            amqp.publish(queue, "a");

            Until.holds("it is tried again", () -> webhook.requests().size() == 2);
            assertThat(management.call("GET", "sluice/push", "").body()).contains("\"timeout\":1");
            release.countDown();
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

            Until.holds("one of each key is there", () -> webhook.open() == 3);
            assertThat(webhook.bodies()).containsExactlyInAnyOrder("a1", "b1", "c1");
            release.countDown();
            Until.holds("all are posted", () -> webhook.requests().size() == 6);
        }
    }

    @Test
    void concurrencyFallsWhenTheEndpointHasTooMuchToDoAndRecovers(
            AmqpClients amqp, ManagementAddress management) throws Exception {
        var busy = new AtomicBoolean();
        try (var webhook = new Webhook(_ -> Answer.of(busy.get() ? 503 : 200))) {
            var queue =
                    PushTest.queue(
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
            PushTest.gone(amqp, queue);
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
            var queue = PushTest.queue(amqp, webhook, arguments);
            publish(amqp, queue, 20);
            Until.holds("it has failed often enough", () -> webhook.requests().size() >= 5);
            Until.holds("a probe is let through", () -> longestPause(webhook) > SECOND);
            int before = webhook.requests().size();
            assertThat(before).as("so many and no more").isLessThan(60);
            broken.set(false);

            Until.holds("all are done", () -> done.size() == 20);
            assertThat(doubled).hasValue(0);
            assertThat(amqp.ready(dead)).isZero();
        }
    }

    /// Between two requests, in nanoseconds.
    private static long longestPause(Webhook webhook) {
        var requests = webhook.requests();
        return IntStream.range(1, requests.size())
                .mapToLong(i -> requests.get(i).nanos() - requests.get(i - 1).nanos())
                .max()
                .orElse(0);
    }

    @Test
    void noMoreRequestsAreOpenThanAllowed(AmqpClients amqp) throws Exception {
        var gate = new Semaphore(0);
        try (var webhook =
                new Webhook(
                        _ -> {
                            gate.acquireUninterruptibly();
                            return Answer.of(200);
                        })) {
            var queue = PushTest.queue(amqp, webhook, Map.of("x-sluice-push-concurrency-max", 3));
            publish(amqp, queue, 30);
            Until.holds("three are open", () -> webhook.open() == 3);
            gate.release(30);

            Until.holds("all are posted", () -> webhook.requests().size() == 30);
            assertThat(webhook.mostOpen()).isEqualTo(3);
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

    @Test
    @ServedWith({"--push-allow", "127.0.0.1"})
    void afterKillNineInTheMiddleOfPushesNothingIsLost(BrokerProcess broker, AmqpClients amqp)
            throws Exception {
        Set<String> done = ConcurrentHashMap.newKeySet();
        var slow = new Semaphore(20);
        try (var webhook =
                new Webhook(
                        request -> {
                            slow.acquireUninterruptibly();
                            done.add(request.body());
                            return Answer.of(200);
                        })) {
            var queue = amqp.name("killed");
            try (var channel = amqp.channel()) {
                channel.queueDeclare(
                        queue,
                        true,
                        false,
                        false,
                        Map.of(
                                "x-sluice-push-url",
                                webhook.url(),
                                "x-sluice-push-timeout-ms",
                                1_000));
            }
            publish(amqp, queue, 100);
            Until.holds(
                    "some are done, others under way",
                    () -> done.size() == 20 && webhook.open() > 0);

            broker.kill();
            slow.release(1_000);
            broker.start();

            Until.holds("all are done", () -> done.size() == 100);
            PushTest.gone(amqp, queue);
        }
    }

    @Test
    @ServedWith({"--push-allow", "127.0.0.0/8"})
    void aStopWaitsForWhatIsUnderWay(BrokerProcess broker, AmqpClients amqp) throws Exception {
        var release = new CountDownLatch(1);
        try (var webhook =
                new Webhook(
                        _ -> {
                            await(release);
                            return Answer.of(200);
                        })) {
            var queue = amqp.name("stopped");
            try (var channel = amqp.channel()) {
                channel.queueDeclare(
                        queue, true, false, false, Map.of("x-sluice-push-url", webhook.url()));
            }
            amqp.publish(queue, "a");
            Until.holds("it is under way", () -> webhook.open() == 1);
            var answering =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        Until.holds("the broker stops", () -> !isAdminOpen(broker));
                                        release.countDown();
                                    });

            assertThat(broker.terminate()).as("as by the signal").isEqualTo(143);
            answering.join();
            broker.start();

            assertThat(amqp.ready(queue)).isZero();
            amqp.publish(queue, "b");
            Until.holds("the next is posted", () -> webhook.requests().size() == 2);
            assertThat(webhook.bodies()).containsExactly("a", "b");
        }
    }

    private static boolean isAdminOpen(BrokerProcess broker) {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), broker.ports().admin())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
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
        arguments.putAll(PushTest.arguments(webhook));
        arguments.put("x-sluice-topic", topic);
        return arguments;
    }

    private static Map<String, Object> dying(String dead) {
        return Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead);
    }

    private static void publish(AmqpClients amqp, String queue, int count) throws Exception {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            bodies.add("m" + i);
        }
        amqp.publish(queue, bodies.toArray(String[]::new));
    }

    /// How many requests may be open at one time, as the API tells.
    private static int limit(ManagementAddress management, String queue) {
        var all = management.call("GET", "sluice/push", "").body();
        var ours = all.substring(all.indexOf("\"queue\":\"" + queue));
        var behind = ours.substring(ours.indexOf("\"limit\":") + "\"limit\":".length());
        return Integer.parseInt(behind.substring(0, behind.indexOf(',')));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
