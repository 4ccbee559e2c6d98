package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// What one peer tells the other: a record per method, a sealed family per class.
///
/// ```text
///   ┌──────────┬───────────┬───────────┐
///   │ class id │ method id │ arguments │
///   │   u16    │    u16    │ the rest  │
///   └──────────┴───────────┴───────────┘
/// ```
public sealed interface Method extends DecodedMethod
        permits ConnectionMethod,
                ChannelMethod,
                AccessMethod,
                ExchangeMethod,
                QueueMethod,
                BasicMethod,
                ConfirmMethod,
                TxMethod {
    int classId();

    int methodId();

    /// Writes the arguments.
    void write(WireWriter into);

    /// The method in a method frame. What cannot be read is answered with the codes that RabbitMQ answers with.
    static DecodedMethod decode(Frame frame) {
        var from = new WireReader(frame.bytes(), frame.at(), frame.length());
        int classId = 0;
        int methodId = 0;
        try {
            classId = from.u16();
            methodId = from.u16();
            var method = read(classId, methodId, from);
            if (method == null) {
                return new ProtocolError(
                        ReplyCode.COMMAND_INVALID,
                        "unimplemented method %d of class %d".formatted(methodId, classId),
                        classId,
                        methodId);
            }
            if (from.hasMore()) {
                throw new MalformedException("there are bytes behind the arguments");
            }
            return method;
        } catch (MalformedException e) {
            return new ProtocolError(
                    ReplyCode.FRAME_ERROR, "cannot decode: " + e.reason(), classId, methodId);
        }
    }

    private static @Nullable Method read(int classId, int methodId, WireReader from)
            throws MalformedException {
        return switch (classId) {
            case BasicMethod.CLASS_ID -> BasicMethod.read(methodId, from);
            case ConnectionMethod.CLASS_ID -> ConnectionMethod.read(methodId, from);
            case ChannelMethod.CLASS_ID -> ChannelMethod.read(methodId, from);
            case AccessMethod.CLASS_ID -> AccessMethod.read(methodId, from);
            case ExchangeMethod.CLASS_ID -> ExchangeMethod.read(methodId, from);
            case QueueMethod.CLASS_ID -> QueueMethod.read(methodId, from);
            case ConfirmMethod.CLASS_ID -> ConfirmMethod.read(methodId, from);
            case TxMethod.CLASS_ID -> TxMethod.read(methodId, from);
            default -> null;
        };
    }
}
