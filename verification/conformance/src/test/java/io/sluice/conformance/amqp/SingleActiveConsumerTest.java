package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A queue that serves one consumer at a time.
@Conformance
class SingleActiveConsumerTest {
    private static final Map<String, Object> SINGLE = Map.of("x-single-active-consumer", true);

    @Test
    void theFirstConsumerIsServedAndTheNextOneWhenItLeaves(AmqpClients clients) throws Exception {
        var queue = clients.queue("single", SINGLE);
        var channel = clients.channel();
        var first = Inbox.automatic(channel, queue);
        var second = Inbox.automatic(channel, queue);
        clients.publish(queue, "a", "b");
        assertThat(first.texts(2)).containsExactly("a", "b");

        channel.basicCancel(first.consumerTag());
        clients.publish(queue, "c", "d");

        assertThat(second.texts(2)).containsExactly("c", "d");
        assertThat(first.waiting()).isEmpty();
    }

    @Test
    void whatALostConsumerHeldGoesToTheNextOne(AmqpClients clients) throws Exception {
        var queue = clients.queue("single", SINGLE);
        var connection = clients.connect();
        var first = Inbox.of(connection.createChannel(), queue);
        var channel = clients.channel();
        var second = Inbox.of(channel, queue);
        clients.publish(queue, "a", "b");
        assertThat(first.texts(2)).containsExactly("a", "b");
        assertThat(second.waiting()).isEmpty();

        connection.abort();

        assertThat(second.texts(2)).containsExactly("a", "b");
    }

    @Test
    void aFullFirstConsumerIsNotHelpedByTheSecond(AmqpClients clients) throws Exception {
        var queue = clients.queue("single", SINGLE);
        var channel = clients.channel();
        channel.basicQos(1);
        var first = Inbox.of(channel, queue);
        var second = Inbox.of(channel, queue);
        clients.publish(queue, "a", "b");

        var a = first.next();
        assertThat(clients.ready(queue)).isEqualTo(1);
        assertThat(second.waiting()).isEmpty();
        channel.basicAck(Inbox.tag(a), false);

        assertThat(first.texts(1)).containsExactly("b");
    }

    @Test
    void anExclusiveConsumerIsRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("single", SINGLE);
        var channel = clients.channel();

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.basicConsume(
                                                        queue,
                                                        false,
                                                        "",
                                                        false,
                                                        true,
                                                        Map.of(),
                                                        new Inbox(channel)))
                                .code())
                .isEqualTo(403);
    }
}
