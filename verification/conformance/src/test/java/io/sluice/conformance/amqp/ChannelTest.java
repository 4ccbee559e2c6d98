package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Channels come and go, and an error ends one of them without touching the others.
@Conformance
class ChannelTest {
    @Test
    void aClosedNumberCanBeOpenedAgain(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        for (var round = 0; round < 3; round++) {
            try (var channel = connection.createChannel(5)) {
                assertThat(channel.getChannelNumber()).isEqualTo(5);
                channel.basicQos(1);
            }
        }
    }

    @Test
    void aNumberThatAnErrorClosedCanBeOpenedAgain(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var first = connection.createChannel(5);
        var _ = Refusal.of(() -> first.queueDeclarePassive(clients.name("missing")));

        var second = connection.createChannel(5);
        second.basicQos(1);
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void whoeverAsksForAnAccessTicketGetsOne(AmqpClients clients) throws Exception {
        var channel = clients.connect().createChannel();

        var answer =
                channel.rpc(new AMQImpl.Access.Request("/data", false, true, true, true, true));

        assertThat(answer.getMethod()).isInstanceOf(AMQImpl.Access.RequestOk.class);
        channel.basicQos(1);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anErrorEndsItsChannelOnly(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var bystander = connection.createChannel();
        var failing = connection.createChannel();

        var _ = Refusal.of(() -> failing.queueDeclarePassive(clients.name("missing")));

        bystander.basicQos(1);
        assertThat(bystander.isOpen()).isTrue();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void theCloseNamesTheMethodThatWasWrong(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        var signal = Refusal.signal(() -> channel.queueDeclarePassive(clients.name("missing")));

        var close = (AMQP.Channel.Close) signal.getReason();
        assertThat(close.getClassId()).isEqualTo(50);
        assertThat(close.getMethodId()).isEqualTo(10);
    }

    @Test
    void openingAChannelTwiceEndsTheConnection(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.send(1, new AMQImpl.Channel.Open(""));

            var close = wire.receive(AMQImpl.Connection.Close.class);
            assertThat(close.getReplyCode()).isEqualTo(504);
            assertThat(close.getReplyText())
                    .isEqualTo("CHANNEL_ERROR - second 'channel.open' seen");
        }
    }

    @Test
    void stoppingTheFlowIsNotImplemented(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""), new AMQImpl.Channel.Flow(true));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            assertThat(wire.receive(AMQImpl.Channel.FlowOk.class).getActive()).isTrue();

            wire.send(1, new AMQImpl.Channel.Flow(false));
            var close = wire.receive(AMQImpl.Connection.Close.class);
            assertThat(close.getReplyCode()).isEqualTo(540);
            assertThat(close.getReplyText()).isEqualTo("NOT_IMPLEMENTED - active=false");
            assertThat(close.getClassId()).isEqualTo(20);
            assertThat(close.getMethodId()).isEqualTo(20);
        }
    }

    @Test
    void whatWasSentAfterAnErrorIsDiscardedUntilTheCloseIsAnswered(AmqpClients clients)
            throws Exception {
        var queue = clients.queue("pipelined");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.send(
                    1,
                    new AMQImpl.Queue.Declare(
                            0, clients.name("missing"), true, false, false, false, false, Map.of()),
                    new AMQImpl.Basic.Qos(0, 1, false),
                    new AMQImpl.Basic.Publish(0, "", queue, false, false));
            wire.send(new AMQP.BasicProperties().toFrame(1, 4), AmqpWire.frame(3, 1, new byte[4]));
            wire.send(1, new AMQImpl.Basic.Qos(0, 1, false));

            assertThat(wire.receive(AMQImpl.Channel.Close.class).getReplyCode()).isEqualTo(404);
            wire.send(1, new AMQImpl.Basic.Qos(0, 1, false));
            wire.send(1, new AMQImpl.Channel.CloseOk());
            wire.send(1, new AMQImpl.Channel.Open(""));
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.OpenOk.class);
        }
        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void aCloseThatCrossesTheBrokersOwnIsAnswered(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.send(
                    1,
                    new AMQImpl.Queue.Declare(
                            0, clients.name("missing"), true, false, false, false, false, Map.of()),
                    new AMQImpl.Channel.Close(200, "bye", 0, 0));

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.Close.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.CloseOk.class);
            wire.send(1, new AMQImpl.Channel.CloseOk());
            wire.send(1, new AMQImpl.Channel.Open(""));
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.OpenOk.class);
        }
    }

    @Test
    void answersComeInTheOrderOfTheQuestions(AmqpClients clients) throws Exception {
        var queue = clients.name("ordered");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(
                    1,
                    new AMQImpl.Channel.Open(""),
                    new AMQImpl.Queue.Declare(0, queue, false, false, true, false, false, Map.of()),
                    new AMQImpl.Basic.Qos(0, 1, false),
                    new AMQImpl.Queue.Bind(0, queue, "amq.direct", "key", false, Map.of()),
                    new AMQImpl.Basic.Get(0, queue, true),
                    new AMQImpl.Queue.Purge(0, queue, false),
                    new AMQImpl.Queue.Delete(0, queue, false, false, false));

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.OpenOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Queue.DeclareOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Basic.QosOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Queue.BindOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Basic.GetEmpty.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Queue.PurgeOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Queue.DeleteOk.class);
        }
    }

    @Test
    void methodsThatWantNoAnswerGetNone(AmqpClients clients) throws Exception {
        var queue = clients.name("silent");
        try (var wire = AmqpWire.open(clients.address())) {
            wire.send(
                    1,
                    new AMQImpl.Channel.Open(""),
                    new AMQImpl.Queue.Declare(0, queue, false, false, true, false, true, Map.of()),
                    new AMQImpl.Queue.Bind(0, queue, "amq.direct", "key", true, Map.of()),
                    new AMQImpl.Queue.Purge(0, queue, true),
                    new AMQImpl.Basic.Consume(0, queue, "tag", false, true, false, true, Map.of()),
                    new AMQImpl.Basic.Cancel("tag", true),
                    new AMQImpl.Queue.Delete(0, queue, false, false, true),
                    new AMQImpl.Basic.Qos(0, 1, false));

            assertThat(wire.receive()).isInstanceOf(AMQImpl.Channel.OpenOk.class);
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Basic.QosOk.class);
        }
    }

    @Test
    void messagesOfManyChannelsMayBeInterleavedFrameByFrame(AmqpClients clients) throws Exception {
        var queue = clients.queue("interleaved");
        var channels = 20;
        try (var wire = AmqpWire.open(clients.address())) {
            for (var number = 1; number <= channels; number++) {
                wire.send(number, new AMQImpl.Channel.Open(""), new AMQImpl.Confirm.Select(false));
                wire.receive(AMQImpl.Channel.OpenOk.class);
                wire.receive(AMQImpl.Confirm.SelectOk.class);
            }
            for (var number = 1; number <= channels; number++) {
                wire.send(number, new AMQImpl.Basic.Publish(0, "", queue, false, false));
            }
            for (var number = 1; number <= channels; number++) {
                wire.send(new AMQP.BasicProperties().toFrame(number, 30));
            }
            for (var part = 0; part < 3; part++) {
                for (var number = 1; number <= channels; number++) {
                    wire.send(
                            AmqpWire.frame(
                                    3,
                                    number,
                                    bytes(
                                            "%04d.part.%d"
                                                    .formatted(number, part)
                                                    .substring(0, 10))));
                }
            }
            for (var number = 1; number <= channels; number++) {
                wire.receive(AMQImpl.Basic.Ack.class);
            }
        }

        assertThat(clients.drain(queue))
                .hasSize(channels)
                .allSatisfy(
                        body -> {
                            assertThat(body).hasSize(30);
                            assertThat(body.substring(10, 14)).isEqualTo(body.substring(0, 4));
                            assertThat(body.substring(20, 24)).isEqualTo(body.substring(0, 4));
                        });
    }

    @Test
    void manyChannelsOfOneConnectionWorkAtTheSameTime(AmqpClients clients) throws Exception {
        var connection = clients.connect();
        var queues = new ArrayList<Inbox>();
        for (var i = 0; i < 200; i++) {
            var channel = connection.createChannel();
            var queue = channel.queueDeclare().getQueue();
            queues.add(Inbox.automatic(channel, queue));
            for (var message = 0; message < 5; message++) {
                channel.basicPublish("", queue, null, bytes(i + "." + message));
            }
        }

        for (var i = 0; i < 200; i++) {
            var number = i;
            assertThat(queues.get(i).texts(5))
                    .isEqualTo(IntStream.range(0, 5).mapToObj(m -> number + "." + m).toList());
        }
    }
}
