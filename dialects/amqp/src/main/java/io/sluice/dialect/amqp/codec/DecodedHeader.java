package io.sluice.dialect.amqp.codec;

/// What a header frame turned out to be.
public sealed interface DecodedHeader permits ContentHeader, ProtocolError {}
