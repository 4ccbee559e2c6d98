package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages and queues that live for a while only.
@Conformance
class ExpiryTest {
    @Test
    void aMessageOfAQueueWithATimeToLiveExpires(AmqpClients clients) throws Exception {
        var queue = clients.queue("short", Map.of("x-message-ttl", 50));

        clients.publish(queue, "a", "b");

        Until.holds("both have expired", () -> clients.ready(queue) == 0);
        assertThat(clients.drain(queue)).isEmpty();
    }

    @Test
    void aMessageWithAnExpirationExpires(AmqpClients clients) throws Exception {
        var queue = clients.queue("long");

        clients.publish("", queue, expiration("50"), "a");
        clients.publish(queue, "b");

        Until.holds("one has expired", () -> clients.ready(queue) == 1);
        assertThat(clients.drain(queue)).containsExactly("b");
    }

    @Test
    void theShorterTimeWins(AmqpClients clients) throws Exception {
        var shortQueue = clients.queue("short", Map.of("x-message-ttl", 50));
        var longQueue = clients.queue("long", Map.of("x-message-ttl", 600_000));

        clients.publish("", shortQueue, expiration("600000"), "a");
        clients.publish("", longQueue, expiration("50"), "a");

        Until.holds("the queue's is shorter", () -> clients.ready(shortQueue) == 0);
        Until.holds("the message's is shorter", () -> clients.ready(longQueue) == 0);
    }

    @Test
    void aTimeToLiveOfNothingMeansNowOrNever(AmqpClients clients) throws Exception {
        var queue = clients.queue("now", Map.of("x-message-ttl", 0));
        clients.publish(queue, "nobody is there");
        assertThat(clients.drain(queue)).isEmpty();

        var inbox = Inbox.automatic(clients.channel(), queue);
        clients.publish(queue, "somebody is there");
        assertThat(inbox.texts(1)).containsExactly("somebody is there");
    }

    @Test
    void aDeliveryThatIsHeldDoesNotExpire(AmqpClients clients) throws Exception {
        var queue = clients.queue("held", Map.of("x-message-ttl", 3_000));
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        clients.publish(queue, "held");
        var held = inbox.next();
        channel.basicCancel(inbox.consumerTag());
        clients.publish(queue, "not held");

        Until.holds("the other one has expired", () -> clients.ready(queue) == 0);
        channel.basicAck(Inbox.tag(held), false);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void theExpirationStaysOnADeliveryThatIsInTime(AmqpClients clients) throws Exception {
        var queue = clients.queue("in time");

        clients.publish("", queue, expiration("60000"), "a");

        var got = clients.channel().basicGet(queue, true);
        assertThat(got.getProps().getExpiration()).isEqualTo("60000");
    }

    @Test
    void aQueueThatNobodyUsesExpires(AmqpClients clients) throws Exception {
        var queue = clients.queue("idle", Map.of("x-expires", 100));

        // Looking at it would count as use: what is bound to it tells of its end.
        var exchange = clients.name("auto");
        var channel = clients.channel();
        channel.exchangeDeclare(exchange, "direct", false, true, Map.of());
        channel.queueBind(queue, exchange, "key");

        Until.holds("its binding is gone", () -> !exchangeExists(clients, exchange));
        assertThat(clients.exists(queue)).isFalse();
    }

    @Test
    void aQueueThatIsConsumedDoesNotExpire(AmqpClients clients) throws Exception {
        var lease = 1_500;
        var queue = clients.queue("busy", Map.of("x-expires", lease));
        var channel = clients.channel();
        var inbox = Inbox.automatic(channel, queue);
        var other = clients.queue("idle", Map.of("x-expires", lease + 200));
        var exchange = clients.name("auto");
        channel.exchangeDeclare(exchange, "direct", false, true, Map.of());
        channel.queueBind(other, exchange, "key");

        Until.holds("more than the lease has passed", () -> !exchangeExists(clients, exchange));

        clients.publish(queue, "still there");
        assertThat(inbox.texts(1)).containsExactly("still there");
    }

    @Test
    void declaringAQueueAgainRenewsItsLease(AmqpClients clients) throws Exception {
        var lease = 1_500;
        var queue = clients.queue("renewed", Map.of("x-expires", lease));
        var channel = clients.channel();
        var begin = System.nanoTime();

        while (System.nanoTime() - begin < 2L * lease * 1_000_000) {
            channel.queueDeclare(queue, true, false, false, Map.of("x-expires", lease));
            clients.publish(queue, "x");
            assertThat(clients.drain(queue)).isNotEmpty();
        }
    }

    private static AMQP.BasicProperties expiration(String millis) {
        return new AMQP.BasicProperties.Builder().expiration(millis).build();
    }

    private static boolean exchangeExists(AmqpClients clients, String exchange) throws Exception {
        var channel = clients.channel();
        try {
            channel.exchangeDeclarePassive(exchange);
            channel.close();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }
}
