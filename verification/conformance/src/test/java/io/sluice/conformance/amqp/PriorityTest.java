package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages that pass others, and consumers that are asked first.
@Conformance
class PriorityTest {
    @Test
    void theHighestPriorityComesFirstAndEqualsInTheirOrder(AmqpClients clients) throws Exception {
        var queue = clients.queue("priorities", Map.of("x-max-priority", 10));
        clients.publish("", queue, priority(1), "low 1", "low 2");
        clients.publish("", queue, priority(9), "high 1", "high 2");
        clients.publish("", queue, priority(5), "middle");

        assertThat(clients.drain(queue))
                .containsExactly("high 1", "high 2", "middle", "low 1", "low 2");
    }

    @Test
    void aPriorityAboveTheHighestIsTheHighest(AmqpClients clients) throws Exception {
        var queue = clients.queue("priorities", Map.of("x-max-priority", 5));
        clients.publish("", queue, priority(5), "five");
        clients.publish("", queue, priority(200), "two hundred");

        assertThat(clients.drain(queue)).containsExactly("five", "two hundred");
    }

    @Test
    void noPriorityIsTheLowest(AmqpClients clients) throws Exception {
        var queue = clients.queue("priorities", Map.of("x-max-priority", 5));
        clients.publish(queue, "none");
        clients.publish("", queue, priority(0), "zero");
        clients.publish("", queue, priority(1), "one");

        assertThat(clients.drain(queue)).containsExactly("one", "none", "zero");
    }

    @Test
    void aQueueWithoutPrioritiesKeepsTheOrder(AmqpClients clients) throws Exception {
        var queue = clients.queue("plain");
        clients.publish("", queue, priority(1), "one");
        clients.publish("", queue, priority(9), "nine");

        assertThat(clients.drain(queue)).containsExactly("one", "nine");
        clients.publish("", queue, priority(9), "nine");
        assertThat(clients.channel().basicGet(queue, true).getProps().getPriority()).isEqualTo(9);
    }

    @Test
    void aRequeuedMessageKeepsItsPriority(AmqpClients clients) throws Exception {
        var queue = clients.queue("priorities", Map.of("x-max-priority", 5));
        clients.publish("", queue, priority(5), "high 1", "high 2");
        clients.publish("", queue, priority(1), "low");
        var channel = clients.channel();
        var first = channel.basicGet(queue, false);

        channel.basicReject(first.getEnvelope().getDeliveryTag(), true);

        assertThat(clients.drain(queue)).containsExactly("high 1", "high 2", "low");
    }

    @Test
    void theConsumerOfTheHighestPriorityIsServedWhileItHasRoom(AmqpClients clients)
            throws Exception {
        var queue = clients.queue("consumers");
        var channel = clients.channel();
        channel.basicQos(2);
        var low = Inbox.of(channel, queue, Map.of("x-priority", -5));
        var high = Inbox.of(channel, queue, Map.of("x-priority", 10));
        var middle = Inbox.of(channel, queue);

        clients.publish(queue, "1", "2", "3", "4", "5");

        assertThat(high.texts(2)).containsExactly("1", "2");
        assertThat(middle.texts(2)).containsExactly("3", "4");
        assertThat(low.texts(1)).containsExactly("5");
    }

    @Test
    void aConsumersPriorityIsANumber(AmqpClients clients) throws Exception {
        var queue = clients.queue("consumers");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> Inbox.of(channel, queue, Map.of("x-priority", "high"))).code())
                .isEqualTo(406);
    }

    private static AMQP.BasicProperties priority(int priority) {
        return new AMQP.BasicProperties.Builder().priority(priority).build();
    }
}
