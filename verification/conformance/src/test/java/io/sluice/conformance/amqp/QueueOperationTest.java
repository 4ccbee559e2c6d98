package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import org.junit.jupiter.api.Test;

/// Queues are bound, purged and read, or are not there.
@Conformance
class QueueOperationTest {
    @Test
    void purgingTakesWhatIsReadyAndLeavesWhatIsHeld(AmqpClients clients) throws Exception {
        var queue = clients.queue("purged");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        var held = channel.basicGet(queue, false);

        assertThat(channel.queuePurge(queue).getMessageCount()).isEqualTo(2);

        assertThat(clients.ready(queue)).isZero();
        channel.basicReject(held.getEnvelope().getDeliveryTag(), true);
        Until.holds("it is back", () -> clients.ready(queue) == 1);
        assertThat(clients.drain(queue)).containsExactly("a");
    }

    @Test
    void purgingWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var missing = clients.name("missing");

        assertThat(Refusal.of(() -> channel.queuePurge(missing)))
                .isEqualTo(Refusal.noQueue(missing));
    }

    @Test
    void bindingNeedsTheQueueAndTheExchange(AmqpClients clients) throws Exception {
        var queue = clients.queue("bound");
        var missing = clients.name("missing");
        var one = clients.channel();
        assertThat(Refusal.of(() -> one.queueBind(missing, "amq.direct", "key")))
                .isEqualTo(Refusal.noQueue(missing));
        var other = clients.channel();
        assertThat(Refusal.of(() -> other.queueBind(queue, missing, "key")))
                .isEqualTo(
                        Refusal.ofChannel(
                                404, "NOT_FOUND - no exchange '" + missing + "' in vhost '/'"));
    }

    @Test
    void bindingTwiceIsOneBinding(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var queue = clients.boundQueue(exchange, "key", "key");
        clients.channel().queueUnbind(queue, exchange, "key");

        clients.publish(exchange, "key", new AMQP.BasicProperties(), "x");

        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void unbindingWhatIsNotBoundIsFine(AmqpClients clients) throws Exception {
        var queue = clients.queue("unbound");
        var channel = clients.channel();

        channel.queueUnbind(queue, "amq.direct", "never bound");
        channel.queueUnbind(queue, clients.name("missing"), "key");
        channel.queueUnbind(clients.name("missing"), "amq.direct", "key");

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void consumingOrGettingFromWhatIsMissingIsRefused(AmqpClients clients) throws Exception {
        var missing = clients.name("missing");
        var one = clients.channel();
        assertThat(Refusal.of(() -> one.basicGet(missing, true)))
                .isEqualTo(Refusal.noQueue(missing));
        var other = clients.channel();
        assertThat(Refusal.of(() -> other.basicConsume(missing, new Inbox(other))))
                .isEqualTo(Refusal.noQueue(missing));
    }
}
