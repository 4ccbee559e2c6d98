package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whose a queue is, and when it goes: with its connection, with its last consumer, or because somebody says so.
@Conformance
class QueueEndTest {
    @Test
    void anExclusiveQueueIsLockedForOtherConnections(AmqpClients clients) throws Exception {
        var owner = clients.connect().createChannel();
        var queue = owner.queueDeclare(clients.name("mine"), false, true, false, Map.of());
        var name = queue.getQueue();
        for (var operation :
                List.<Operation>of(
                        channel -> channel.queueDeclare(name, false, true, false, Map.of()),
                        channel -> channel.queueDeclarePassive(name),
                        channel -> channel.basicGet(name, true),
                        channel -> channel.basicConsume(name, new Inbox(channel)),
                        channel -> channel.queuePurge(name),
                        channel -> channel.queueDelete(name),
                        channel -> channel.queueBind(name, "amq.direct", "key"))) {
            var channel = clients.channel();
            assertThat(Refusal.of(() -> operation.on(channel))).isEqualTo(Refusal.locked(name));
        }
        clients.publish(name, "anyone may publish");
        assertThat(text(owner.basicGet(name, true).getBody())).isEqualTo("anyone may publish");
    }

    @Test
    void anExclusiveQueueGoesWithItsConnection(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var queue = connection.createChannel().queueDeclare().getQueue();

        connection.close();

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void anExclusiveQueueStaysWithItsConnectionWhenTheChannelCloses(AmqpClients clients)
            throws Exception {
        var connection = clients.connect();
        var channel = connection.createChannel();
        var queue = channel.queueDeclare().getQueue();

        channel.close();

        assertThat(connection.createChannel().queueDeclarePassive(queue).getQueue())
                .isEqualTo(queue);
    }

    @Test
    void anAutoDeleteQueueLivesUntilItsLastConsumerHasGone(AmqpClients clients) throws Exception {
        var queue = clients.name("auto");
        var channel = clients.channel();
        channel.queueDeclare(queue, false, false, true, Map.of());
        clients.publish(queue, "nobody has come yet");
        assertThat(clients.exists(queue)).isTrue();
        var first = channel.basicConsume(queue, true, new Inbox(channel));
        var second = channel.basicConsume(queue, true, new Inbox(channel));

        channel.basicCancel(first);
        assertThat(clients.exists(queue)).isTrue();
        channel.basicCancel(second);

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void anAutoDeleteQueueGoesWithTheConnectionOfItsConsumer(AmqpClients clients) throws Exception {
        var queue = clients.name("auto");
        var connection = clients.connect();
        var channel = connection.createChannel();
        channel.queueDeclare(queue, false, false, true, Map.of());
        var _ = channel.basicConsume(queue, true, new Inbox(channel));

        connection.abort();

        Until.holds("the queue is gone", () -> !clients.exists(queue));
    }

    @Test
    void deletingTellsHowManyMessagesWentWithTheQueue(AmqpClients clients) throws Exception {
        var queue = clients.queue("full");
        clients.publish(queue, "a", "b");

        assertThat(clients.channel().queueDelete(queue).getMessageCount()).isEqualTo(2);

        assertThat(clients.exists(queue)).isFalse();
    }

    @Test
    void aQueueOfTheSameNameStartsEmptyAgain(AmqpClients clients) throws Exception {
        var queue = clients.queue("again");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();

        channel.queueDelete(queue);
        channel.queueDeclare(queue, true, false, false, Map.of());

        assertThat(clients.ready(queue)).isZero();
        clients.publish(queue, "c");
        assertThat(clients.drain(queue)).containsExactly("c");
    }

    @Test
    void deletingWhatIsMissingIsFine(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(channel.queueDelete(clients.name("missing")).getMessageCount()).isZero();

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aQueueWithMessagesIsNotDeletedIfEmptyIsAsked(AmqpClients clients) throws Exception {
        var queue = clients.queue("full");
        clients.publish(queue, "a");
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDelete(queue, false, true)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - queue '"
                                        + queue
                                        + "' in vhost '/' not empty"));
    }

    @Test
    void aQueueWithConsumersIsNotDeletedIfUnusedIsAsked(AmqpClients clients) throws Exception {
        var queue = clients.queue("used");
        var consuming = clients.channel();
        var _ = Inbox.of(consuming, queue);
        var channel = clients.channel();

        assertThat(Refusal.of(() -> channel.queueDelete(queue, true, false)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - queue '" + queue + "' in vhost '/' in use"));
    }

    private interface Operation {
        void on(Channel channel) throws IOException;
    }
}
