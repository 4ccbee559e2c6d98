package io.sluice.dialect.amqp.codec;

/// The reply codes of AMQP 0-9-1. Their names begin every reply text, and clients look for them.
public enum ReplyCode {
    SUCCESS(200, Ends.NOTHING),
    CONTENT_TOO_LARGE(311, Ends.CHANNEL),
    NO_ROUTE(312, Ends.CHANNEL),
    NO_CONSUMERS(313, Ends.CHANNEL),
    CONNECTION_FORCED(320, Ends.CONNECTION),
    INVALID_PATH(402, Ends.CONNECTION),
    ACCESS_REFUSED(403, Ends.CHANNEL),
    NOT_FOUND(404, Ends.CHANNEL),
    RESOURCE_LOCKED(405, Ends.CHANNEL),
    PRECONDITION_FAILED(406, Ends.CHANNEL),
    FRAME_ERROR(501, Ends.CONNECTION),
    SYNTAX_ERROR(502, Ends.CONNECTION),
    COMMAND_INVALID(503, Ends.CONNECTION),
    CHANNEL_ERROR(504, Ends.CONNECTION),
    UNEXPECTED_FRAME(505, Ends.CONNECTION),
    RESOURCE_ERROR(506, Ends.CONNECTION),
    NOT_ALLOWED(530, Ends.CONNECTION),
    NOT_IMPLEMENTED(540, Ends.CONNECTION),
    INTERNAL_ERROR(541, Ends.CONNECTION);

    /// What a peer's mistake with this code costs it.
    public enum Ends {
        NOTHING,
        CHANNEL,
        CONNECTION
    }

    private final int number;
    private final Ends ends;

    ReplyCode(int number, Ends ends) {
        this.number = number;
        this.ends = ends;
    }

    public int number() {
        return number;
    }

    public Ends ends() {
        return ends;
    }

    /// The reply text that clients expect: the code's name, then why.
    public String text(String reason) {
        return name() + " - " + reason;
    }
}
