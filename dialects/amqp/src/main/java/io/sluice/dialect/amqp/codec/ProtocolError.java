package io.sluice.dialect.amqp.codec;

/// A peer's mistake in the protocol itself; it ends the connection.
///
/// @param reason without the code's name
/// @param classId,methodId of the method that was wrong, 0 when there is none
public record ProtocolError(ReplyCode code, String reason, int classId, int methodId)
        implements DecodedMethod, DecodedHeader {
    static ProtocolError of(ReplyCode code, String reason) {
        return new ProtocolError(code, reason, 0, 0);
    }

    /// The text for `connection.close`.
    public String text() {
        return code.text(reason);
    }
}
