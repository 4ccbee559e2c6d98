package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.AccessMethod;

/// Access tickets: whoever asks gets one, and nobody looks at it afterwards.
final class AccessMethods {
    private static final int TICKET = 1;

    private AccessMethods() {}

    static void handle(AccessMethod method, AmqpChannel channel) {
        switch (method) {
            case AccessMethod.Request _ -> channel.send(new AccessMethod.RequestOk(TICKET));
            case AccessMethod.RequestOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }
}
