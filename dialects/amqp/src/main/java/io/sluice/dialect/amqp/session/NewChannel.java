package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.ChannelMethod;
import io.sluice.dialect.amqp.codec.Frame;
import io.sluice.dialect.amqp.codec.FrameType;
import io.sluice.dialect.amqp.codec.Method;
import io.sluice.dialect.amqp.codec.ProtocolError;
import io.sluice.dialect.amqp.session.ConnectionState.Open;

/// The first frame on a number that no channel has.
final class NewChannel {
    private NewChannel() {}

    static void take(Frame frame, Open open, AmqpSession session) {
        if (frame.type() != FrameType.METHOD) {
            session.fail(Fault.channelError("expected 'channel.open'"));
            return;
        }
        switch (Method.decode(frame)) {
            case ChannelMethod.Open _ -> open(frame.channel(), open, session);
            case ChannelMethod.CloseOk _ -> {
                // Both sides closed at the same time.
            }
            case ProtocolError error -> session.fail(error);
            case Method method ->
                    session.fail(
                            Fault.channelError("expected 'channel.open'"),
                            method.classId(),
                            method.methodId());
        }
    }

    private static void open(int number, Open open, AmqpSession session) {
        int max = open.limits().channelMax();
        if (number > max || session.channels().count() >= max) {
            session.fail(
                    Fault.notAllowed(
                            "number of channels opened (%d) has reached the negotiated channel_max (%d)"
                                    .formatted(session.channels().count(), max)));
            return;
        }
        session.channels().add(new AmqpChannel(session, number, open));
        session.output().method(number, new ChannelMethod.OpenOk());
    }
}
