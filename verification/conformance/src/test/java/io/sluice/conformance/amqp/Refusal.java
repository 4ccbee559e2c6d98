package io.sluice.conformance.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownNotifier;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.support.Clients;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// How a broker ended a channel, or the whole connection.
///
/// @param text as far as a short string of AMQP holds it
record Refusal(Scope scope, int code, String text) {
    private static final int LONGEST = 255;

    Refusal {
        text = text.length() > LONGEST ? text.substring(0, LONGEST - 3) + "..." : text;
    }

    enum Scope {
        CHANNEL,
        CONNECTION
    }

    static Refusal ofChannel(int code, String text) {
        return new Refusal(Scope.CHANNEL, code, text);
    }

    static Refusal ofConnection(int code, String text) {
        return new Refusal(Scope.CONNECTION, code, text);
    }

    static Refusal noQueue(String name) {
        return ofChannel(404, "NOT_FOUND - no queue '" + name + "' in vhost '/'");
    }

    static Refusal locked(String queue) {
        return ofChannel(
                405,
                "RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '"
                        + queue
                        + "' in vhost '/'. It could be originally declared on another connection or"
                        + " the exclusive property value does not match that of the original"
                        + " declaration.");
    }

    /// What `call` is answered with, which must not succeed.
    static Refusal of(ThrowingCallable call) {
        return of(signal(call));
    }

    /// What comes without anybody waiting for an answer.
    static Refusal later(Channel channel) {
        return of(signal(channel));
    }

    static Refusal later(Connection connection) {
        return of(signal(connection));
    }

    static ShutdownSignalException signal(ThrowingCallable call) {
        var thrown = Assertions.catchThrowable(call);
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return signal;
            }
        }
        throw new AssertionError("not refused by the broker", thrown);
    }

    static ShutdownSignalException signal(ShutdownNotifier notifier) {
        var end = new CompletableFuture<ShutdownSignalException>();
        notifier.addShutdownListener(end::complete);
        return Clients.done(end);
    }

    static Refusal of(ShutdownSignalException signal) {
        return switch (signal.getReason()) {
            case AMQP.Channel.Close close -> ofChannel(close.getReplyCode(), close.getReplyText());
            case AMQP.Connection.Close close ->
                    ofConnection(close.getReplyCode(), close.getReplyText());
            case null, default -> throw new AssertionError("not refused by the broker", signal);
        };
    }
}
