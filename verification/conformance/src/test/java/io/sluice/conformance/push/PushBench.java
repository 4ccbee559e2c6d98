package io.sluice.conformance.push;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Promises;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/// Queues that are pushed, and the words that tests of them speak in.
abstract class PushBench {
    @BeforeEach
    void nobodyElsePushes() {
        Promises.ofSluiceOnly("nobody else pushes");
    }

    /// A queue that is pushed to `webhook`.
    ///
    /// @param more arguments of its declaration
    static String queue(AmqpClients amqp, Webhook webhook, Map<String, Object> more)
            throws Exception {
        var arguments = new HashMap<String, Object>(arguments(webhook));
        arguments.putAll(more);
        return amqp.queue("pushed", arguments);
    }

    static Map<String, Object> arguments(Webhook webhook) {
        return Map.of("x-sluice-push-url", webhook.url());
    }

    static Map<String, Object> dying(String dead) {
        return Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead);
    }

    static void publish(AmqpClients amqp, String queue, int count) throws Exception {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            bodies.add("m" + i);
        }
        amqp.publish(queue, bodies.toArray(String[]::new));
    }

    static void gone(AmqpClients amqp, String queue) {
        Until.holds("nothing is left", () -> amqp.ready(queue) == 0);
    }

    /// What the API tells of one queue's endpoint, among those of all the other tests; empty while it tells nothing.
    static String shown(ManagementAddress management, String queue) {
        var begin = "\"queue\":\"";
        var endpoints = management.call("GET", "sluice/push", "").body().split(begin, -1);
        return Stream.of(endpoints)
                .filter(one -> one.startsWith(queue + "\""))
                .findFirst()
                .orElse("");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
