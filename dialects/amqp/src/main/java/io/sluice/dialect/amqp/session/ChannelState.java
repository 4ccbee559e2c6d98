package io.sluice.dialect.amqp.session;

/// How far a channel has come.
///
/// ```text
///   Open ─┬─ channel.close came ──▶ Gone
///         └─ failed, channel.close sent ──▶ Closing ─ channel.close-ok came ──▶ Gone
/// ```
sealed interface ChannelState {
    record Open() implements ChannelState {}

    /// All is passed over until the peer has answered.
    record Closing() implements ChannelState {}

    record Gone() implements ChannelState {}
}
