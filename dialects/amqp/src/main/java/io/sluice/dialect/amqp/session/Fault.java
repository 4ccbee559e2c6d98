package io.sluice.dialect.amqp.session;

import static io.sluice.dialect.amqp.codec.ReplyCode.ACCESS_REFUSED;
import static io.sluice.dialect.amqp.codec.ReplyCode.CHANNEL_ERROR;
import static io.sluice.dialect.amqp.codec.ReplyCode.COMMAND_INVALID;
import static io.sluice.dialect.amqp.codec.ReplyCode.INTERNAL_ERROR;
import static io.sluice.dialect.amqp.codec.ReplyCode.NOT_ALLOWED;
import static io.sluice.dialect.amqp.codec.ReplyCode.NOT_FOUND;
import static io.sluice.dialect.amqp.codec.ReplyCode.NOT_IMPLEMENTED;
import static io.sluice.dialect.amqp.codec.ReplyCode.PRECONDITION_FAILED;
import static io.sluice.dialect.amqp.codec.ReplyCode.RESOURCE_LOCKED;
import static io.sluice.dialect.amqp.codec.ReplyCode.UNEXPECTED_FRAME;

import io.sluice.dialect.amqp.codec.ReplyCode;
import java.nio.charset.StandardCharsets;

/// What a client did wrong, or cannot have. Whether it costs the channel or the connection follows from the code.
///
/// @param message in RabbitMQ's words, as clients match parts of it
record Fault(ReplyCode code, String message) {
    private static final int TEXT_BYTES_MAX = 255;
    private static final String CUT = "...";

    static Fault accessRefused(String message) {
        return new Fault(ACCESS_REFUSED, message);
    }

    static Fault notFound(String message) {
        return new Fault(NOT_FOUND, message);
    }

    static Fault resourceLocked(String message) {
        return new Fault(RESOURCE_LOCKED, message);
    }

    static Fault preconditionFailed(String message) {
        return new Fault(PRECONDITION_FAILED, message);
    }

    static Fault notAllowed(String message) {
        return new Fault(NOT_ALLOWED, message);
    }

    static Fault notImplemented(String message) {
        return new Fault(NOT_IMPLEMENTED, message);
    }

    static Fault commandInvalid(String message) {
        return new Fault(COMMAND_INVALID, message);
    }

    static Fault channelError(String message) {
        return new Fault(CHANNEL_ERROR, message);
    }

    static Fault unexpectedFrame(String message) {
        return new Fault(UNEXPECTED_FRAME, message);
    }

    static Fault internalError(String message) {
        return new Fault(INTERNAL_ERROR, message);
    }

    static Fault noQueue(String name, String vhost) {
        return notFound("no " + queue(name, vhost));
    }

    static Fault noExchange(String name, String vhost) {
        return notFound("no " + exchange(name, vhost));
    }

    static Fault lockedQueue(String name, String vhost) {
        return resourceLocked(
                "cannot obtain exclusive access to locked "
                        + queue(name, vhost)
                        + ". It could be originally declared on another connection or the exclusive property"
                        + " value does not match that of the original declaration.");
    }

    static Fault reservedName(String kind, String name) {
        return accessRefused(kind + " name '" + name + "' contains reserved prefix 'amq.*'");
    }

    static Fault defaultExchange() {
        return accessRefused("operation not permitted on the default exchange");
    }

    /// How texts name a queue.
    static String queue(String name, String vhost) {
        return "queue '" + name + "' in vhost '" + vhost + "'";
    }

    /// How texts name an exchange.
    static String exchange(String name, String vhost) {
        return "exchange '" + name + "' in vhost '" + vhost + "'";
    }

    boolean endsConnection() {
        return code.ends() == ReplyCode.Ends.CONNECTION;
    }

    /// The reply text: at most 255 bytes of UTF-8.
    String text() {
        var text = code.text(message);
        if (bytes(text) <= TEXT_BYTES_MAX) {
            return text;
        }
        int end = Math.min(text.length(), TEXT_BYTES_MAX);
        while (bytes(text.substring(0, end)) > TEXT_BYTES_MAX - CUT.length()) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
