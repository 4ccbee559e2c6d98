package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.ChannelMethod;

/// The methods of the channel itself.
final class ChannelMethods {
    private ChannelMethods() {}

    static void handle(ChannelMethod method, AmqpChannel channel) {
        switch (method) {
            case ChannelMethod.Open _ ->
                    channel.fail(Fault.channelError("second 'channel.open' seen"));
            case ChannelMethod.Close _ -> channel.close();
            case ChannelMethod.CloseOk _ -> {
                // Answers a close that was never sent: nothing depends on it.
            }
            case ChannelMethod.Flow(boolean active) -> {
                if (active) {
                    channel.send(new ChannelMethod.FlowOk(true));
                } else {
                    channel.fail(Fault.notImplemented("active=false"));
                }
            }
            case ChannelMethod.FlowOk _, ChannelMethod.OpenOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }
}
