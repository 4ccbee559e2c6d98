package io.sluice.conformance.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.push.Webhook.Answer;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ServedWith;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A broker that ends while it pushes.
@Conformance
class PushRestartTest extends PushBench {
    @Test
    @ServedWith({"--push-allow", "127.0.0.1"})
    void afterKillNineInTheMiddleOfPushesNothingIsLost(BrokerProcess broker, AmqpClients amqp)
            throws Exception {
        Set<String> done = ConcurrentHashMap.newKeySet();
        var slow = new Semaphore(20);
        var kills = new AtomicInteger();
        try (var webhook =
                new Webhook(
                        request -> {
                            int before = kills.get();
                            slow.acquireUninterruptibly();
                            // Nobody hears the answer to what was under way at the kill: it must
                            // come again.
                            if (kills.get() == before) {
                                done.add(request.body());
                            }
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
            Until.holds("as many as may are done, others under way", slow::hasQueuedThreads);

            broker.kill();
            kills.incrementAndGet();
            slow.release(1_000);
            broker.start();

            Until.holds("all are done", () -> done.size() == 100);
            gone(amqp, queue);
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
}
