package io.sluice.dialect.amqp.session;

/// What went through a channel. Written by the connection's loop, read by whoever shows it, a little late.
final class ChannelCounts {
    long published;
    long delivered;
    long settled;
}
