package io.sluice.dialect.amqp.codec;

/// What a method frame turned out to be.
public sealed interface DecodedMethod permits Method, ProtocolError {}
