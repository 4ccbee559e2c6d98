package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.ConfirmMethod;

/// Publisher confirms.
final class ConfirmMethods {
    private ConfirmMethods() {}

    static void handle(ConfirmMethod method, AmqpChannel channel) {
        switch (method) {
            case ConfirmMethod.Select(boolean noWait) -> select(noWait, channel);
            case ConfirmMethod.SelectOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    private static void select(boolean noWait, AmqpChannel channel) {
        if (channel.transaction() != null) {
            channel.fail(Fault.preconditionFailed("cannot switch from tx to confirm mode"));
            return;
        }
        channel.publishes().confirm();
        if (!noWait) {
            channel.send(new ConfirmMethod.SelectOk());
        }
    }
}
