package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How deliveries are settled, and where they go otherwise.
@Conformance
class AcknowledgementTest {
    @Test
    void whatIsAcknowledgedIsGone(AmqpClients clients) throws Exception {
        var queue = clients.queue("done");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        var held = Inbox.of(channel, queue).next(3);

        channel.basicAck(Inbox.tag(held.get(1)), false);
        channel.close();

        assertThat(clients.drain(queue)).containsExactly("a", "c");
    }

    @Test
    void oneAcknowledgementMayCoverAllBeforeIt(AmqpClients clients) throws Exception {
        var queue = clients.queue("done");
        clients.publish(queue, "a", "b", "c", "d");
        var channel = clients.channel();
        var held = Inbox.of(channel, queue).next(4);

        channel.basicAck(Inbox.tag(held.get(2)), true);
        channel.close();

        assertThat(clients.drain(queue)).containsExactly("d");
    }

    @Test
    void tagZeroCoversEverything(AmqpClients clients) throws Exception {
        var queue = clients.queue("done");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        assertThat(Inbox.of(channel, queue).next(2)).hasSize(2);

        channel.basicAck(0, true);
        channel.basicAck(0, true);
        channel.close();

        assertThat(clients.drain(queue)).isEmpty();
    }

    @Test
    void tagsBeginWithOneAndCountOnOverTheConsumersOfAChannel(AmqpClients clients)
            throws Exception {
        var queue = clients.queue("tags");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();

        assertThat(channel.basicGet(queue, false).getEnvelope().getDeliveryTag()).isEqualTo(1);
        assertThat(channel.basicGet(queue, true).getEnvelope().getDeliveryTag()).isEqualTo(2);
        assertThat(Inbox.tag(Inbox.of(channel, queue).next())).isEqualTo(3);
    }

    @Test
    void anUnknownTagEndsTheChannel(AmqpClients clients) throws Exception {
        for (var settle :
                List.<Settle>of(
                        channel -> channel.basicAck(42, false),
                        channel -> channel.basicAck(42, true),
                        channel -> channel.basicNack(42, false, true),
                        channel -> channel.basicReject(42, true))) {
            var channel = clients.channel();

            settle.on(channel);

            assertThat(Refusal.later(channel))
                    .isEqualTo(
                            Refusal.ofChannel(
                                    406, "PRECONDITION_FAILED - unknown delivery tag 42"));
        }
    }

    @Test
    void tagZeroAloneIsUnknown(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        channel.basicAck(0, false);

        assertThat(Refusal.later(channel))
                .isEqualTo(Refusal.ofChannel(406, "PRECONDITION_FAILED - unknown delivery tag 0"));
    }

    @Test
    void acknowledgingTwiceEndsTheChannel(AmqpClients clients) throws Exception {
        var queue = clients.queue("twice");
        clients.publish(queue, "a");
        var channel = clients.channel();
        var tag = channel.basicGet(queue, false).getEnvelope().getDeliveryTag();

        channel.basicAck(tag, false);
        channel.basicAck(tag, false);

        assertThat(Refusal.later(channel))
                .isEqualTo(Refusal.ofChannel(406, "PRECONDITION_FAILED - unknown delivery tag 1"));
    }

    @Test
    void anAutomaticDeliveryCannotBeAcknowledged(AmqpClients clients) throws Exception {
        var queue = clients.queue("automatic");
        clients.publish(queue, "a");
        var channel = clients.channel();
        var tag = channel.basicGet(queue, true).getEnvelope().getDeliveryTag();

        channel.basicAck(tag, false);

        assertThat(Refusal.later(channel).code()).isEqualTo(406);
    }

    @Test
    void aRequeuedMessageComesAgainAtItsPlaceAndSaysSo(AmqpClients clients) throws Exception {
        var queue = clients.queue("requeued");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        var a = channel.basicGet(queue, false);
        assertThat(a.getEnvelope().isRedeliver()).isFalse();

        channel.basicReject(a.getEnvelope().getDeliveryTag(), true);

        var again = channel.basicGet(queue, true);
        assertThat(text(again.getBody())).isEqualTo("a");
        assertThat(again.getEnvelope().isRedeliver()).isTrue();
        var b = channel.basicGet(queue, true);
        assertThat(text(b.getBody())).isEqualTo("b");
        assertThat(b.getEnvelope().isRedeliver()).isFalse();
    }

    @Test
    void messagesRequeuedInAnyOrderComeAgainInTheirOwn(AmqpClients clients) throws Exception {
        var queue = clients.queue("requeued");
        clients.publish(queue, "a", "b", "c", "d", "e");
        var channel = clients.channel();
        channel.basicQos(4);
        var inbox = Inbox.of(channel, queue);
        var held = inbox.next(4);
        channel.basicCancel(inbox.consumerTag());

        channel.basicReject(Inbox.tag(held.get(2)), true);
        channel.basicReject(Inbox.tag(held.get(0)), true);
        channel.basicNack(Inbox.tag(held.get(3)), true, true);

        Until.holds("all are back", () -> clients.ready(queue) == 5);
        assertThat(clients.drain(queue)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aDroppedMessageIsGone(AmqpClients clients) throws Exception {
        var queue = clients.queue("dropped");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        var held = Inbox.of(channel, queue).next(2);

        channel.basicReject(Inbox.tag(held.getFirst()), false);
        channel.close();

        assertThat(clients.drain(queue)).containsExactly("b");
    }

    @Test
    void whatAClosedChannelHeldComesAgain(AmqpClients clients) throws Exception {
        var queue = clients.queue("held");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        assertThat(Inbox.of(channel, queue).texts(2)).containsExactly("a", "b");

        channel.close();

        var again = Inbox.of(clients.channel(), queue).next(2);
        assertThat(again).extracting(Inbox::text).containsExactly("a", "b");
        assertThat(again).allMatch(delivery -> delivery.getEnvelope().isRedeliver());
    }

    @Test
    void whatALostConnectionHeldComesAgain(AmqpClients clients) throws Exception {
        var queue = clients.queue("held");
        clients.publish(queue, "a", "b");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""), new AMQImpl.Basic.Get(0, queue, false));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.receive(AMQImpl.Basic.GetOk.class);
        }

        Until.holds("it is back", () -> clients.ready(queue) == 2);
        var again = clients.channel().basicGet(queue, true);
        assertThat(text(again.getBody())).isEqualTo("a");
        assertThat(again.getEnvelope().isRedeliver()).isTrue();
    }

    @Test
    void recoverBringsBackWhatTheChannelHolds(AmqpClients clients) throws Exception {
        var queue = clients.queue("recovered");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        assertThat(inbox.texts(2)).containsExactly("a", "b");

        channel.basicRecover();

        var again = inbox.next(2);
        assertThat(again).extracting(Inbox::text).containsExactly("a", "b");
        assertThat(again).allMatch(delivery -> delivery.getEnvelope().isRedeliver());
    }

    @Test
    void recoveringWithoutRequeueingIsNotImplemented(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var channel = connection.createChannel();

        assertThat(Refusal.of(() -> channel.basicRecover(false)))
                .isEqualTo(Refusal.ofConnection(540, "NOT_IMPLEMENTED - requeue=false"));
    }

    @Test
    void gettingFromAnEmptyQueueSaysSo(AmqpClients clients) throws Exception {
        var queue = clients.queue("empty");

        assertThat(clients.channel().basicGet(queue, false)).isNull();
    }

    @Test
    void gettingTellsHowManyAreLeft(AmqpClients clients) throws Exception {
        var queue = clients.queue("left");
        clients.publish(queue, "a", "b", "c");

        assertThat(clients.channel().basicGet(queue, false).getMessageCount()).isEqualTo(2);
    }

    private interface Settle {
        void on(Channel channel) throws IOException;
    }
}
