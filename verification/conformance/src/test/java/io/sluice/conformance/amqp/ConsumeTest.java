package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is sent what, and for how long.
@Conformance
class ConsumeTest {
    @Test
    void aConsumerIsSentNoMoreThanItsPrefetchUnacknowledged(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        clients.publish(queue, "a", "b", "c", "d");
        var channel = clients.channel();
        channel.basicQos(2);
        var inbox = Inbox.of(channel, queue);

        var held = inbox.next(2);
        assertThat(clients.ready(queue)).isEqualTo(2);
        assertThat(inbox.waiting()).isEmpty();
        channel.basicAck(Inbox.tag(held.getFirst()), false);

        assertThat(inbox.texts(1)).containsExactly("c");
        assertThat(clients.ready(queue)).isEqualTo(1);
    }

    @Test
    void thePrefetchIsThatOfEachNewConsumer(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        var channel = clients.channel();
        channel.basicQos(1);
        var one = Inbox.of(channel, queue);
        channel.basicQos(3);
        var three = Inbox.of(channel, queue);

        clients.publish(queue, "a", "b", "c", "d", "e", "f");

        assertThat(one.next(1)).hasSize(1);
        assertThat(three.next(3)).hasSize(3);
        assertThat(clients.ready(queue)).isEqualTo(2);
    }

    @Test
    void aGlobalPrefetchIsThatOfAllConsumersOfTheChannel(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        var channel = clients.channel();
        channel.basicQos(3, true);
        var one = Inbox.of(channel, queue);
        var other = Inbox.of(channel, queue);

        clients.publish(queue, "a", "b", "c", "d", "e");

        Until.holds("three are held", () -> one.waiting().size() + other.waiting().size() == 3);
        assertThat(clients.ready(queue)).isEqualTo(2);
        channel.basicAck(0, true);
        Until.holds("all are sent", () -> one.waiting().size() + other.waiting().size() == 5);
    }

    @Test
    void theGlobalPrefetchAndTheConsumersOwnHoldTogether(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        var channel = clients.channel();
        channel.basicQos(2, false);
        channel.basicQos(3, true);
        var one = Inbox.of(channel, queue);
        var other = Inbox.of(channel, queue);

        clients.publish(queue, "a", "b", "c", "d", "e");

        Until.holds("three are held", () -> one.waiting().size() + other.waiting().size() == 3);
        assertThat(one.waiting().size()).isLessThanOrEqualTo(2);
        assertThat(other.waiting().size()).isLessThanOrEqualTo(2);
        assertThat(clients.ready(queue)).isEqualTo(2);
    }

    @Test
    void gettingIsNotHeldByThePrefetch(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        channel.basicQos(1);

        assertThat(channel.basicGet(queue, false)).isNotNull();
        assertThat(channel.basicGet(queue, false)).isNotNull();
    }

    @Test
    void anAutomaticConsumerIsNotHeldByThePrefetch(AmqpClients clients) throws Exception {
        var queue = clients.queue("window");
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        channel.basicQos(1);

        assertThat(Inbox.automatic(channel, queue).texts(3)).containsExactly("a", "b", "c");
        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void aPrefetchInBytesIsNotImplemented(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var channel = connection.createChannel();

        assertThat(Refusal.of(() -> channel.basicQos(10, 0, false)))
                .isEqualTo(Refusal.ofConnection(540, "NOT_IMPLEMENTED - prefetch_size!=0 (10)"));
    }

    @Test
    void severalConsumersTakeTurns(AmqpClients clients) throws Exception {
        var queue = clients.queue("shared");
        var one = Inbox.automatic(clients.channel(), queue);
        var other = Inbox.automatic(clients.channel(), queue);
        var bodies = IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new);

        clients.publish(queue, bodies);

        Until.holds("all are sent", () -> one.waiting().size() + other.waiting().size() == 20);
        assertThat(one.waiting()).hasSizeBetween(5, 15);
        var all = new ArrayList<>(one.waiting());
        all.addAll(other.waiting());
        assertThat(all).containsExactlyInAnyOrder(bodies);
    }

    @Test
    void theBrokerInventsATagWhenAskedWithoutOne(AmqpClients clients) throws Exception {
        var queue = clients.queue("tagged");
        var channel = clients.channel();

        var tag = channel.basicConsume(queue, new Inbox(channel));

        assertThat(tag).startsWith("amq.ctag-");
        assertThat(channel.basicConsume(queue, false, "mine", new Inbox(channel)))
                .isEqualTo("mine");
    }

    @Test
    void aTagThatIsTakenEndsTheConnection(AmqpClients clients) throws Exception {
        var queue = clients.queue("tagged");
        try (var wire = AmqpWire.open(clients.address())) {
            var consume =
                    new AMQImpl.Basic.Consume(
                            0, queue, "mine", false, false, false, false, Map.of());
            wire.send(1, new AMQImpl.Channel.Open(""), consume);
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.receive(AMQImpl.Basic.ConsumeOk.class);
            wire.send(1, consume);

            var close = wire.receive(AMQImpl.Connection.Close.class);
            assertThat(close.getReplyCode()).isEqualTo(530);
            assertThat(close.getReplyText())
                    .isEqualTo("NOT_ALLOWED - attempt to reuse consumer tag 'mine'");
        }
    }

    @Test
    void theSameTagMayBeUsedOnAnotherChannel(AmqpClients clients) throws Exception {
        var queue = clients.queue("tagged");
        var one = clients.channel();
        var other = clients.channel();

        assertThat(one.basicConsume(queue, false, "mine", new Inbox(one))).isEqualTo("mine");
        assertThat(other.basicConsume(queue, false, "mine", new Inbox(other))).isEqualTo("mine");
    }

    @Test
    void anExclusiveConsumerIsTheOnlyOne(AmqpClients clients) throws Exception {
        var queue = clients.queue("exclusive");
        var channel = clients.channel();
        var tag = channel.basicConsume(queue, false, "", false, true, Map.of(), new Inbox(channel));
        var inUse =
                Refusal.ofChannel(
                        403,
                        "ACCESS_REFUSED - queue '" + queue + "' in vhost '/' in exclusive use");
        var second = clients.channel();
        assertThat(Refusal.of(() -> second.basicConsume(queue, new Inbox(second))))
                .isEqualTo(inUse);

        channel.basicCancel(tag);

        var third = clients.channel();
        third.basicConsume(queue, new Inbox(third));
        var fourth = clients.channel();
        assertThat(
                        Refusal.of(
                                () ->
                                        fourth.basicConsume(
                                                queue,
                                                false,
                                                "",
                                                false,
                                                true,
                                                Map.of(),
                                                new Inbox(fourth))))
                .isEqualTo(inUse);
    }

    @Test
    void aCancelledConsumerIsSentNothingMoreAndMayStillSettle(AmqpClients clients)
            throws Exception {
        var queue = clients.queue("cancelled");
        clients.publish(queue, "a");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        var a = inbox.next();

        channel.basicCancel(inbox.consumerTag());
        clients.publish(queue, "b");
        channel.basicAck(Inbox.tag(a), false);
        channel.basicQos(0);

        assertThat(inbox.waiting()).isEmpty();
        assertThat(clients.drain(queue)).containsExactly("b");
    }

    @Test
    void cancellingWhatIsUnknownIsFine(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""), new AMQImpl.Basic.Cancel("unknown", false));
            wire.receive(AMQImpl.Channel.OpenOk.class);

            assertThat(wire.receive(AMQImpl.Basic.CancelOk.class).getConsumerTag())
                    .isEqualTo("unknown");
        }
    }

    @Test
    void aConsumerIsToldThatItsQueueIsDeleted(AmqpClients clients) throws Exception {
        var queue = clients.queue("deleted");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);

        clients.channel().queueDelete(queue);

        assertThat(inbox.cancelledByTheBroker()).isEqualTo(inbox.consumerTag());
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aClientThatDoesNotUnderstandCancellationsIsToldNothing(AmqpClients clients)
            throws Exception {
        var queue = clients.queue("deleted");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(
                    1,
                    new AMQImpl.Channel.Open(""),
                    new AMQImpl.Basic.Consume(
                            0, queue, "mine", false, false, false, false, Map.of()));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.receive(AMQImpl.Basic.ConsumeOk.class);

            clients.channel().queueDelete(queue);
            wire.send(1, new AMQImpl.Basic.Qos(0, 1, false));

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Basic.QosOk.class);
        }
    }

    @Test
    void aConsumerThatWantsNothingOfItsOwnGetsItAllTheSame(AmqpClients clients) throws Exception {
        var queue = clients.queue("local");
        var channel = clients.channel();
        var inbox = new Inbox(channel);
        channel.basicConsume(queue, true, "", true, false, Map.of(), inbox);

        channel.basicPublish("", queue, null, bytes("a"));

        assertThat(inbox.texts(1)).containsExactly("a");
    }

    @Test
    void theOrderIsKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("ordered");
        var channel = clients.channel();
        channel.basicQos(50);
        var inbox = Inbox.of(channel, queue);
        var publisher = clients.channel();
        for (var i = 0; i < 2_000; i++) {
            publisher.basicPublish("", queue, null, bytes(Integer.toString(i)));
        }

        for (var i = 0; i < 2_000; i++) {
            var delivery = inbox.next();
            assertThat(Inbox.text(delivery)).isEqualTo(Integer.toString(i));
            channel.basicAck(Inbox.tag(delivery), false);
        }
    }
}
