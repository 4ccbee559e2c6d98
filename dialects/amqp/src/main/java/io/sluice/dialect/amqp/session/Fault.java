package io.sluice.dialect.amqp.session;

import java.nio.charset.StandardCharsets;

/// What a client did wrong, or cannot have. Whether it costs the channel or the connection follows from the code.
///
/// @param message in RabbitMQ's words, as clients match parts of it
record Fault(ReplyCode code, String message) {
    private static final int TEXT_BYTES_MAX = 255;
    private static final String CUT = "...";

    static Fault accessRefused(String message) {
        return new Fault(ReplyCode.ACCESS_REFUSED, message);
    }

    static Fault notFound(String message) {
        return new Fault(ReplyCode.NOT_FOUND, message);
    }

    static Fault resourceLocked(String message) {
        return new Fault(ReplyCode.RESOURCE_LOCKED, message);
    }

    static Fault preconditionFailed(String message) {
        return new Fault(ReplyCode.PRECONDITION_FAILED, message);
    }

    static Fault notAllowed(String message) {
        return new Fault(ReplyCode.NOT_ALLOWED, message);
    }

    static Fault notImplemented(String message) {
        return new Fault(ReplyCode.NOT_IMPLEMENTED, message);
    }

    static Fault commandInvalid(String message) {
        return new Fault(ReplyCode.COMMAND_INVALID, message);
    }

    static Fault channelError(String message) {
        return new Fault(ReplyCode.CHANNEL_ERROR, message);
    }

    static Fault internalError(String message) {
        return new Fault(ReplyCode.INTERNAL_ERROR, message);
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

    /// How texts name a queue.
    static String queue(String name, String vhost) {
        return "queue '" + name + "' in vhost '" + vhost + "'";
    }

    /// How texts name an exchange.
    static String exchange(String name, String vhost) {
        return "exchange '" + name + "' in vhost '" + vhost + "'";
    }

    boolean endsConnection() {
        return code.endsConnection();
    }

    /// The reply text: at most 255 bytes of UTF-8.
    String text() {
        var text = code.name() + " - " + message;
        if (text.getBytes(StandardCharsets.UTF_8).length <= TEXT_BYTES_MAX) {
            return text;
        }
        int end = Math.min(text.length(), TEXT_BYTES_MAX);
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length
                > TEXT_BYTES_MAX - CUT.length()) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }
}
