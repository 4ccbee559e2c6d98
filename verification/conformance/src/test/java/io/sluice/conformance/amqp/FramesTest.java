package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is no AMQP, or AMQP at the wrong time, ends the connection with a reason, and nobody else notices.
@Conformance
class FramesTest {
    private static final int HEADER = 2;
    private static final int BODY = 3;

    @Test
    void aWrongProtocolHeaderIsAnsweredWithTheRightOneAndTheEnd(AmqpClients clients)
            throws Exception {
        for (var header : List.of(bytes("AMQP\0\0\u0009\u0002"), bytes("GET / HT"))) {
            try (var wire = new AmqpWire(clients.address())) {
                wire.sendBytes(header);

                assertThat(wire.receiveBytes(8)).isEqualTo(AmqpWire.HEADER);
                assertThat(wire.isClosedByTheBroker()).isTrue();
            }
        }
    }

    @Test
    void aFrameWithoutItsEndIsMalformed(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.sendBytes(new byte[] {1, 0, 1, 0, 0, 0, 4, 0, 20, 0, 10, 0});

            assertCloses(wire, 501);
        }
    }

    @Test
    void aFrameOfAnUnknownTypeIsMalformed(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(AmqpWire.frame(5, 1, new byte[4]));

            assertCloses(wire, 501);
        }
    }

    @Test
    void aFrameLargerThanAgreedIsMalformed(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address(), 4096, 0)) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.send(1, publish());
            wire.send(
                    new AMQP.BasicProperties().toFrame(1, 100_000),
                    // As large as is allowed, with its header and its end.
                    AmqpWire.frame(BODY, 1, new byte[4_088]),
                    AmqpWire.frame(BODY, 1, new byte[4_200]));

            assertCloses(wire, 501);
        }
    }

    @Test
    void aMethodThatEndsTooEarlyIsMalformed(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            // queue.declare without the queue.
            wire.send(AmqpWire.frame(1, 1, new byte[] {0, 50, 0, 10, 0, 0}));

            var close = wire.receive(AMQImpl.Connection.Close.class);
            assertThat(close.getReplyCode()).isIn(501, 502, 541);
        }
    }

    @Test
    void aBodyWithoutAMessageIsUnexpected(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(AmqpWire.frame(BODY, 1, new byte[4]));

            assertCloses(wire, 505);
        }
    }

    @Test
    void aHeaderWithoutAMessageIsUnexpected(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(new AMQP.BasicProperties().toFrame(1, 4));

            assertCloses(wire, 505);
        }
    }

    @Test
    void aMethodInTheMiddleOfAMessageIsUnexpected(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(1, publish(), publish());

            assertCloses(wire, 505);
        }
    }

    @Test
    void aHeaderOfAnotherClassIsUnexpected(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(1, publish());
            wire.send(
                    AmqpWire.frame(
                            HEADER, 1, new byte[] {0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));

            assertCloses(wire, 505);
        }
    }

    @Test
    void aMethodOnAChannelThatIsNotOpenIsAChannelErrorOfTheConnection(AmqpClients clients)
            throws Exception {
        try (var wire = opened(clients)) {
            wire.send(7, new AMQImpl.Basic.Qos(0, 1, false));

            assertCloses(wire, 504);
        }
    }

    @Test
    void aMethodOfAChannelOnTheConnectionsOwnIsRefused(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(0, new AMQImpl.Channel.Open(""));

            var close = wire.receive(AMQImpl.Connection.Close.class);
            assertThat(close.getReplyCode()).isIn(503, 504, 505);
        }
    }

    @Test
    void anUnknownMethodIsRefused(AmqpClients clients) throws Exception {
        try (var wire = opened(clients)) {
            wire.send(AmqpWire.frame(1, 1, new byte[] {0, 20, 0, 99}));

            assertThat(wire.refusal()).isIn(0, 501, 503, 540);
        }
    }

    @Test
    void aConnectionGoneInTheMiddleOfAMessageLeavesNothing(AmqpClients clients) throws Exception {
        var queue = clients.queue("half");
        try (var wire = opened(clients)) {
            wire.send(1, new AMQImpl.Basic.Publish(0, "", queue, false, false));
            wire.send(
                    new AMQP.BasicProperties().toFrame(1, 100),
                    AmqpWire.frame(BODY, 1, new byte[50]));
        }

        clients.publish(queue, "whole");
        assertThat(clients.drain(queue)).containsExactly("whole");
    }

    @Test
    void anEmptyBodyIsDeliveredWithoutAFrameOfItsOwn(AmqpClients clients) throws Exception {
        var queue = clients.queue("empty");
        try (var wire = opened(clients)) {
            wire.send(1, new AMQImpl.Basic.Publish(0, "", queue, false, false));
            wire.send(new AMQP.BasicProperties().toFrame(1, 0));
            Until.holds("the message is there", () -> clients.ready(queue) == 1);

            wire.send(1, new AMQImpl.Basic.Get(0, queue, true));
            wire.receive(AMQImpl.Basic.GetOk.class);
            assertThat(wire.receiveFrame().getType()).isEqualTo(HEADER);
            wire.send(1, new AMQImpl.Basic.Get(0, queue, true));
            assertThat(wire.receive()).isInstanceOf(AMQImpl.Basic.GetEmpty.class);
        }
    }

    @Test
    void aBodyIsDeliveredInFramesNoLargerThanAgreed(AmqpClients clients) throws Exception {
        var queue = clients.queue("split");
        var size = 4_088 * 2 + 1;
        clients.publish(queue, "x".repeat(size));
        try (var wire = AmqpWire.open(clients.address(), 4096, 0)) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            wire.send(1, new AMQImpl.Basic.Get(0, queue, true));
            wire.receive(AMQImpl.Basic.GetOk.class);
            assertThat(wire.receiveFrame().getType()).isEqualTo(HEADER);

            var total = 0;
            while (total < size) {
                var body = wire.receiveFrame();
                assertThat(body.getType()).isEqualTo(BODY);
                assertThat(body.getPayload().length).isLessThanOrEqualTo(4_088);
                total += body.getPayload().length;
            }
            assertThat(total).isEqualTo(size);
        }
    }

    @Test
    void theBrokerSendsHeartbeatsToAQuietConnection(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address(), 131_072, 1)) {
            var beat = wire.receiveFrame();

            assertThat(beat.getType()).isEqualTo(8);
            assertThat(beat.getChannel()).isZero();
            assertThat(beat.getPayload()).isEmpty();
        }
    }

    @Test
    void theBrokerGivesUpAConnectionThatIsSilentForTooLong(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address(), 131_072, 1)) {
            Until.holds(
                    "the connection is given up",
                    () -> {
                        try {
                            var _ = wire.receiveFrame();
                            return false;
                        } catch (IOException gone) {
                            return true;
                        }
                    });
        }
    }

    @Test
    void anyTrafficCountsAsAHeartbeat(AmqpClients clients) throws Exception {
        try (var wire = AmqpWire.open(clients.address(), 131_072, 1)) {
            wire.send(1, new AMQImpl.Channel.Open(""));
            wire.receive(AMQImpl.Channel.OpenOk.class);
            for (var beats = 0; beats < 6; ) {
                // One answer to each of the broker's own heartbeats, twice a second or once.
                beats += wire.receiveFrame().getType() == 8 ? 1 : 0;
                wire.send(1, new AMQImpl.Basic.Qos(0, 1, false));
                wire.receive(AMQImpl.Basic.QosOk.class);
            }
        }
    }

    private static AmqpWire opened(AmqpClients clients) throws IOException {
        var wire = AmqpWire.open(clients.address());
        wire.send(1, new AMQImpl.Channel.Open(""));
        wire.receive(AMQImpl.Channel.OpenOk.class);
        return wire;
    }

    private static AMQImpl.Basic.Publish publish() {
        return new AMQImpl.Basic.Publish(0, "", "nowhere", false, false);
    }

    private static void assertCloses(AmqpWire wire, int code) throws IOException {
        assertThat(wire.receive(AMQImpl.Connection.Close.class).getReplyCode()).isEqualTo(code);
        wire.send(0, new AMQImpl.Connection.CloseOk());
        assertThat(wire.isClosedByTheBroker()).isTrue();
    }
}
