package io.sluice.dialect.amqp.codec;

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
                ExchangeMethod,
                QueueMethod,
                BasicMethod,
                ConfirmMethod,
                TxMethod {
    int classId();

    int methodId();

    /// Writes the arguments.
    void write(ArgumentWriter into);

    /// The method in a method frame.
    static DecodedMethod decode(Frame frame) {
        throw new UnsupportedOperationException("being written");
    }
}
