package io.sluice.dialect.amqp.session;

/// Why something did not go well, by the specification's numbers. What ends a channel here ends a connection there: clients rely on
/// which is which.
enum ReplyCode {
    NO_ROUTE(312, false),
    CONNECTION_FORCED(320, true),
    ACCESS_REFUSED(403, false),
    NOT_FOUND(404, false),
    RESOURCE_LOCKED(405, false),
    PRECONDITION_FAILED(406, false),
    FRAME_ERROR(501, true),
    SYNTAX_ERROR(502, true),
    COMMAND_INVALID(503, true),
    CHANNEL_ERROR(504, true),
    UNEXPECTED_FRAME(505, true),
    RESOURCE_ERROR(506, true),
    NOT_ALLOWED(530, true),
    NOT_IMPLEMENTED(540, true),
    INTERNAL_ERROR(541, true);

    private final int number;
    private final boolean endsConnection;

    ReplyCode(int number, boolean endsConnection) {
        this.number = number;
        this.endsConnection = endsConnection;
    }

    int number() {
        return number;
    }

    boolean endsConnection() {
        return endsConnection;
    }
}
